package io.ibid.peer.transport;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The P-256 private key that all peers of a group have. Each certifies its own device key with it, so that whoever has the key is let
 * in and nobody else. Whoever learns it can do so for ever: there is no revocation.
 */
public final class SharedKey {
    private static final String CURVE_OID = "1.2.840.10045.3.1.7";
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private final ECPrivateKey privateKey;
    private final ECPublicKey publicKey;

    private SharedKey(ECPrivateKey privateKey, ECPublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /**
     * Reads base64 of a PKCS#8 key, with or without the lines of PEM around it.
     *
     * @throws IbidException {@code validation/invalid} when it is none, or not on the curve P-256; the message does not hold the text
     */
    public static SharedKey parse(String text) {
        String digits = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            byte[] encoded = Base64.getDecoder().decode(digits);
            ECPrivateKey key =
                    (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            if (!key.getParams().getOrder().equals(P256_ORDER)) {
                throw invalid("it is on another curve than P-256 (prime256v1, OID " + CURVE_OID + ")", null);
            }
            return new SharedKey(key, PublicPoint.key(key));
        } catch (IllegalArgumentException e) {
            throw invalid("it is not base64", e);
        } catch (GeneralSecurityException e) {
            throw invalid("it is not a P-256 private key in PKCS#8", e);
        }
    }

    private static IbidException invalid(String why, @Nullable Exception cause) {
        return new IbidException(ErrorCode.VALIDATION, "the shared key cannot be used: " + why, cause);
    }

    ECPrivateKey privateKey() {
        return privateKey;
    }

    ECPublicKey publicKey() {
        return publicKey;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SharedKey";
    }
}
