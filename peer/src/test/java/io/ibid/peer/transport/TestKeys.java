package io.ibid.peer.transport;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Keys made for one test. */
final class TestKeys {
    private TestKeys() {}

    static KeyPair device() {
        return pair("secp256r1");
    }

    static KeyPair pair(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] point(KeyPair pair) {
        return PublicPoint.of((ECPublicKey) pair.getPublic());
    }

    /** As openssl prints it: base64 of PKCS#8. */
    static String shared(KeyPair pair) {
        return Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
    }
}
