package city.hamana.link;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS's question whether to believe a peer. The path, the purposes and the host name are checked by the JDK as ever;
 * what this adds is the instant at which a certificate is judged, and the city's revocations.
 */
final class PeerCheck extends X509ExtendedTrustManager {
    /** When a peer's certificate is looked at. */
    interface Judgement {
        /** The instant at which this certificate must be valid. Nothing about the certificate is known to be true yet. */
        Instant at(X509Certificate peer);

        /** The certificate has passed. */
        default void believed(X509Certificate peer) {}
    }

    private final Trust trust;
    private final Judgement clients;
    private final Judgement servers;

    /**
     * A check of peers.
     *
     * @param clients judges those who connect to this program
     * @param servers judges those to whom it connects
     */
    PeerCheck(Trust trust, Judgement clients, Judgement servers) {
        this.trust = trust;
        this.clients = clients;
        this.servers = servers;
    }

    private interface Question {
        void to(X509ExtendedTrustManager pkix) throws CertificateException;
    }

    private void judge(X509Certificate[] chain, Judgement judgement, Question question) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new CertificateException("no certificate was shown");
        }
        question.to(pkix(judgement.at(chain[0])));
        if (trust.revoked(chain[0])) {
            throw new CertificateException("the certificate is revoked");
        }
        judgement.believed(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        judge(chain, clients, pkix -> pkix.checkClientTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        judge(chain, servers, pkix -> pkix.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        judge(chain, clients, pkix -> pkix.checkClientTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        judge(chain, servers, pkix -> pkix.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        judge(chain, clients, pkix -> pkix.checkClientTrusted(chain, type));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        judge(chain, servers, pkix -> pkix.checkServerTrusted(chain, type));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.certificates().toArray(new X509Certificate[0]);
    }

    /** The JDK's own check, with the date set: made anew for each handshake, because its date cannot be changed. */
    private X509ExtendedTrustManager pkix(Instant at) {
        try {
            PKIXBuilderParameters parameters =
                    new PKIXBuilderParameters(DeviceIdentity.trustStore(trust), new X509CertSelector());
            parameters.setDate(Date.from(at));
            parameters.setRevocationEnabled(false); // The city's own list is looked at above.
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw IdentityException.unsupported(e);
        }
    }
}
