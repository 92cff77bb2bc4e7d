package io.ibid.peer.runtime;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.peer.transport.PublicPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The P-256 key pair of one database directory: it names the device towards its partners. Made once and kept in {@code device_key}
 * (PKCS#8) and {@code device_key.pub} (X.509), both DER.
 */
final class DeviceKey {
    private static final String PRIVATE_FILE = "device_key";
    private static final String PUBLIC_FILE = "device_key.pub";

    private final KeyPair pair;
    private final byte[] publicPoint;

    private DeviceKey(PrivateKey privateKey, ECPublicKey publicKey) {
        this.pair = new KeyPair(publicKey, privateKey);
        this.publicPoint = PublicPoint.of(publicKey);
    }

    /** Reads the key pair, or makes one in a directory that has none. */
    static DeviceKey open(Path directory) {
        Path privateFile = directory.resolve(PRIVATE_FILE);
        Path publicFile = directory.resolve(PUBLIC_FILE);
        try {
            FileTree.create(directory);
            if (!Files.exists(privateFile)) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                KeyPair pair = generator.generateKeyPair();
                // The private file comes last: it is what says that the pair is complete.
                DurableFile.write(publicFile, pair.getPublic().getEncoded(), false);
                DurableFile.write(privateFile, pair.getPrivate().getEncoded(), true);
            }
            KeyFactory keys = KeyFactory.getInstance("EC");
            return new DeviceKey(
                    keys.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(privateFile))),
                    (ECPublicKey) keys.generatePublic(new X509EncodedKeySpec(Files.readAllBytes(publicFile))));
        } catch (IOException | GeneralSecurityException e) {
            throw new IbidException(
                    ErrorCode.STORE_BACKEND, "Cannot read the device key in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** The compressed public point, 33 bytes. */
    byte[] publicPoint() {
        return publicPoint.clone();
    }

    KeyPair pair() {
        return pair;
    }

    /** The peer key as text: {@code pk} and the public point in base64url without padding. */
    String peerKey() {
        return "pk" + Base64.getUrlEncoder().withoutPadding().encodeToString(publicPoint);
    }
}
