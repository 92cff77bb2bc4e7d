package io.ibid.peer.transport;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts certificates that are signed with the shared key, whatever their names and dates: which peer it is says the key in it. So addresses
 * are not compared with names either.
 */
final class GroupTrust extends X509ExtendedTrustManager {
    private final PublicKey shared;

    GroupTrust(PublicKey shared) {
        this.shared = shared;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !(chain[0].getPublicKey() instanceof ECPublicKey)) {
            throw new CertificateException("the partner shows no certificate of a device");
        }
        try {
            chain[0].verify(shared);
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the partner's certificate is not signed with our shared key", e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
