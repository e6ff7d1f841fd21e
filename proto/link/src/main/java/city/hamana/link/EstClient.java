package city.hamana.link;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.util.Selector;

/** The requests of RFC 7030 (EST) as RFC 8951 clarifies them: base64 bodies, certs-only PKCS#7 answers. */
final class EstClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int LONGEST_ANSWER_BYTES = 1 << 20;
    private static final Selector<X509CertificateHolder> ALL = new Every();

    private final URI est;
    private final HttpClient http;

    /** {@code est} is the server's address, {@code https://host:port}; the paths are the RFC's. */
    EstClient(URI est, SSLContext tls) {
        this.est = est;
        this.http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /** TLS that believes any server: only for fetching CA certificates that are then held against a fingerprint. */
    static SSLContext unauthenticated() {
        try {
            return DeviceIdentity.context(null, new TrustManager[] {new Anyone()});
        } catch (GeneralSecurityException e) {
            throw IdentityException.unsupported(e);
        }
    }

    /** RFC 7030 §4.1. */
    List<X509Certificate> cacerts() {
        return certificates(send(request("cacerts").GET().build()));
    }

    /** RFC 7030 §4.2.1, with HTTP Basic (§3.2.3). */
    X509Certificate enrol(PKCS10CertificationRequest csr, String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return only(certificates(send(post("simpleenroll", csr)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair))
                .build())));
    }

    /** RFC 7030 §4.2.2; the TLS context must show the certificate to be renewed. */
    X509Certificate reenrol(PKCS10CertificationRequest csr) {
        return only(certificates(send(post("simplereenroll", csr).build())));
    }

    /** The revocation list, DER, from beside the EST paths. */
    byte[] crl() {
        return send(HttpRequest.newBuilder(est.resolve("/crl"))
                .timeout(REQUEST_TIMEOUT)
                .build());
    }

    private HttpRequest.Builder request(String operation) {
        return HttpRequest.newBuilder(est.resolve("/.well-known/est/" + operation))
                .timeout(REQUEST_TIMEOUT);
    }

    private HttpRequest.Builder post(String operation, PKCS10CertificationRequest csr) {
        try {
            return request(operation)
                    .header("Content-Type", "application/pkcs10")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            Base64.getMimeEncoder().encode(csr.getEncoded())));
        } catch (IOException e) {
            throw IdentityException.unsupported(e);
        }
    }

    private byte[] send(HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(LONGEST_ANSWER_BYTES);
                requireDone(answer, bytes);
                return bytes;
            }
        } catch (IOException e) {
            throw EnrolmentException.unreachable(request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EnrolmentException.unreachable(request.uri(), e);
        }
    }

    private static void requireDone(HttpResponse<?> answer, byte[] body) {
        if (answer.statusCode() == 202) {
            throw EnrolmentException.of("the server asks to come again later; seconds to wait: "
                    + answer.headers().firstValue("Retry-After").orElse("not said"));
        }
        if (answer.statusCode() != 200) {
            throw EnrolmentException.of("the server refused with status " + answer.statusCode() + reason(answer, body));
        }
    }

    /** RFC 7030 §4.2.3: a text/plain body may explain a refusal. */
    private static String reason(HttpResponse<?> answer, byte[] body) {
        Optional<String> type = answer.headers().firstValue("Content-Type").filter(t -> t.startsWith("text/plain"));
        String text = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return type.isPresent() && !text.isEmpty() ? ": " + text : "";
    }

    private static List<X509Certificate> certificates(byte[] base64) {
        try {
            List<X509Certificate> found = new ArrayList<>();
            CMSSignedData signed = new CMSSignedData(Base64.getMimeDecoder().decode(base64));
            for (X509CertificateHolder holder : signed.getCertificates().getMatches(ALL)) {
                found.add(Certificates.parse(holder.getEncoded()));
            }
            return found;
        } catch (CMSException | IOException | IllegalArgumentException e) {
            throw EnrolmentException.unreadable("answer", e);
        }
    }

    private static X509Certificate only(List<X509Certificate> issued) {
        if (issued.size() != 1) {
            throw EnrolmentException.of("the server answered with " + issued.size() + " certificates instead of one");
        }
        return issued.getFirst();
    }

    @Override
    public void close() {
        http.close();
    }

    private static final class Every implements Selector<X509CertificateHolder> {
        @Override
        public boolean match(X509CertificateHolder holder) {
            return true;
        }

        @Override
        public Object clone() {
            return this;
        }
    }

    /** An extended trust manager, so that the host name is not checked either. */
    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
