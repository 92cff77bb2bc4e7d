package io.ibid.peer.transport;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * TLS 1.3 in both directions between peers that share a key. This device's certificate is made when the database opens: its own public key,
 * signed with the shared one. It is valid for ever, since a device whose clock is wrong must find its partners too.
 */
public final class Tls {
    private static final int HANDSHAKE_MS_MAX = 10_000;
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final Date NOT_BEFORE = Date.from(Instant.EPOCH);
    private static final Date NOT_AFTER = Date.from(Instant.parse("9999-12-31T23:59:59Z"));
    private static final X500Name GROUP = new X500Name("CN=ibid shared key");
    private static final int SERIAL_BITS = 127;

    private final SSLContext context;

    /**
     * @param device the key pair of this device, on P-256
     * @param peerKey its name
     */
    public Tls(SharedKey shared, KeyPair device, String peerKey) {
        try {
            context = SSLContext.getInstance("TLS");
            context.init(
                    keyManagers(device, certificate(shared, device, peerKey)),
                    new TrustManager[] {new GroupTrust(shared.publicKey())},
                    null);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IbidException(
                    ErrorCode.TRANSPORT_IDENTITY_REQUIRED,
                    "the certificate of this device cannot be made: " + e.getMessage(),
                    e);
        }
    }

    private static X509Certificate certificate(SharedKey shared, KeyPair device, String peerKey)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        byte[] encoded = new JcaX509v3CertificateBuilder(
                        GROUP,
                        new BigInteger(SERIAL_BITS, new SecureRandom()),
                        NOT_BEFORE,
                        NOT_AFTER,
                        new X500Name("CN=" + peerKey),
                        device.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(shared.privateKey()))
                .getEncoded();
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static KeyManager[] keyManagers(KeyPair device, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] inMemory = new char[0];
        store.setKeyEntry("device", device.getPrivate(), inMemory, new X509Certificate[] {certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, inMemory);
        return factory.getKeyManagers();
    }

    /** Greets as the one who dialled. Blocks for at most ten seconds; the socket is closed when it fails. */
    SSLSocket client(Socket socket) throws IOException {
        SSLSocket secured = layered(socket);
        secured.setUseClientMode(true);
        return greet(secured);
    }

    /** Likewise, as the one who was dialled. */
    SSLSocket server(Socket socket) throws IOException {
        SSLSocket secured = layered(socket);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setNeedClientAuth(true);
        secured.setSSLParameters(parameters);
        secured.setUseClientMode(false);
        return greet(secured);
    }

    private SSLSocket layered(Socket socket) throws IOException {
        InetSocketAddress remote = (InetSocketAddress) socket.getRemoteSocketAddress();
        return (SSLSocket) context.getSocketFactory()
                .createSocket(socket, remote.getAddress().getHostAddress(), remote.getPort(), true);
    }

    private static SSLSocket greet(SSLSocket socket) throws IOException {
        boolean greeted = false;
        try {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(PROTOCOLS);
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(HANDSHAKE_MS_MAX);
            socket.startHandshake();
            socket.setSoTimeout(0);
            greeted = true;
            return socket;
        } finally {
            if (!greeted) {
                socket.close();
            }
        }
    }

    /** The public point that the partner has proven to own. */
    static byte[] partnerKey(SSLSocket socket) throws IOException {
        return PublicPoint.of(
                (ECPublicKey) socket.getSession().getPeerCertificates()[0].getPublicKey());
    }
}
