package io.ibid.server.sync;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The JSON web tokens that this server signs (ES256) and takes back: challenges, which live for a minute, and device tokens, which say that
 * the device with a certain key has logged in. Both are good for one database only. Thread-safe.
 */
final class DeviceTokens {
    private static final Duration CHALLENGE_LIFE = Duration.ofMinutes(1);
    private static final String USE = "use";
    private static final String CHALLENGE = "challenge";
    private static final String DEVICE = "device";

    private final String databaseId;
    private final InstantSource clock;
    private final JWSSigner signer;
    private final JWSVerifier verifier;

    /** @param server the key pair of the server, on P-256 */
    DeviceTokens(String databaseId, KeyPair server, InstantSource clock) {
        this.databaseId = databaseId;
        this.clock = clock;
        try {
            signer = new ECDSASigner((ECPrivateKey) server.getPrivate());
            verifier = new ECDSAVerifier((ECPublicKey) server.getPublic());
        } catch (JOSEException e) {
            throw new IbidException(ErrorCode.AUTHENTICATION_FAILED, "the server's key cannot sign tokens", e);
        }
    }

    /** Something new to sign, so that nobody can log in with what a device has signed earlier. */
    String challenge() {
        return sign(claims(CHALLENGE, CHALLENGE_LIFE).jwtID(UUID.randomUUID().toString()));
    }

    boolean isChallenge(String token) {
        return read(token, CHALLENGE) != null;
    }

    /** The token of a device. */
    String issue(String peerKey, Duration life) {
        return sign(claims(DEVICE, life).subject(peerKey));
    }

    /**
     * Until when a token is good, when it is one of this device.
     *
     * @return null when it is not
     */
    @Nullable
    Instant validUntil(String token, String peerKey) {
        JWTClaimsSet claims = read(token, DEVICE);
        return claims != null && peerKey.equals(claims.getSubject())
                ? claims.getExpirationTime().toInstant()
                : null;
    }

    private JWTClaimsSet.Builder claims(String use, Duration life) {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .audience(databaseId)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .claim(USE, use);
    }

    private String sign(JWTClaimsSet.Builder claims) {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims.build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IbidException(ErrorCode.AUTHENTICATION_FAILED, "a token cannot be signed: " + e.getMessage(), e);
        }
        return token.serialize();
    }

    private @Nullable JWTClaimsSet read(String text, String use) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            if (!token.verify(verifier)) {
                return null;
            }
            JWTClaimsSet claims = token.getJWTClaimsSet();
            boolean isGood = List.of(databaseId).equals(claims.getAudience())
                    && use.equals(claims.getStringClaim(USE))
                    && claims.getExpirationTime() != null
                    && clock.instant().isBefore(claims.getExpirationTime().toInstant());
            return isGood ? claims : null;
        } catch (ParseException | JOSEException noTokenOfOurs) {
            return null;
        }
    }
}
