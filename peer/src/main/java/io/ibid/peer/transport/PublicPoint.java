package io.ibid.peer.transport;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Public keys on the curve P-256 as the 33 bytes that name a peer: SEC 1, compressed. */
public final class PublicPoint {
    /** Length of a compressed point. */
    public static final int BYTES = 33;

    private static final int COORDINATE_BYTES = BYTES - 1;

    private PublicPoint() {}

    /** Loaded by the few who calculate with points. */
    private static final class Curve {
        static final X9ECParameters P256 = CustomNamedCurves.getByName("secp256r1");
    }

    public static byte[] of(ECPublicKey key) {
        BigInteger x = key.getW().getAffineX();
        byte[] point = new byte[BYTES];
        point[0] = (byte) (key.getW().getAffineY().testBit(0) ? 3 : 2);
        byte[] digits = x.toByteArray();
        int length = Math.min(digits.length, COORDINATE_BYTES);
        System.arraycopy(digits, digits.length - length, point, point.length - length, length);
        return point;
    }

    /**
     * The key that a compressed point stands for.
     *
     * @throws IbidException {@code validation/invalid} when it is no point of the curve
     */
    public static ECPublicKey key(byte[] point, ECPublicKey sameCurve) {
        try {
            return key(Curve.P256.getCurve().decodePoint(point), sameCurve.getParams());
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IbidException(ErrorCode.VALIDATION, "this is no public key of the curve P-256", e);
        }
    }

    /** The public key that belongs to a private one. */
    static ECPublicKey key(ECPrivateKey key) throws GeneralSecurityException {
        return key(new FixedPointCombMultiplier().multiply(Curve.P256.getG(), key.getS()), key.getParams());
    }

    private static ECPublicKey key(
            org.bouncycastle.math.ec.ECPoint point, java.security.spec.ECParameterSpec parameters)
            throws GeneralSecurityException {
        org.bouncycastle.math.ec.ECPoint affine = point.normalize();
        ECPoint w = new ECPoint(
                affine.getAffineXCoord().toBigInteger(),
                affine.getAffineYCoord().toBigInteger());
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w, parameters));
    }
}
