package city.hamana.provisioning;

import city.hamana.link.Certificates;
import city.hamana.link.DeviceIdentity;
import city.hamana.provisioning.RegistrationAuthority.Outcome;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.est.AttrOrOID;
import org.bouncycastle.asn1.est.CsrAttrs;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;

/**
 * EST over HTTPS (RFC 7030, clarified by RFC 8951), the revocation list and a health page. Every listener thread is
 * virtual; every body, address and connection count is limited.
 */
final class EstServer implements AutoCloseable {
    static final int LONGEST_BODY_BYTES = 64 * 1024;

    private static final Logger LOG = Logger.getLogger(EstServer.class.getName());
    private static final String EST = "/.well-known/est";
    private static final int MOST_CONNECTIONS = 512;
    private static final int MOST_REQUESTS = 64;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final HeaderName TRANSFER_ENCODING = HeaderNames.create("Content-Transfer-Encoding");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder();

    private final RegistrationAuthority authority;
    private final RateLimit limit;
    private final Clock clock;
    private final WebServer server;
    private final Thread renewal;
    private volatile DeviceIdentity identity;

    /** Listens at once; port 0 takes a free one. */
    EstServer(RegistrationAuthority authority, ProvisioningSettings settings, Clock clock) {
        this.authority = authority;
        this.limit = new RateLimit(settings.requestsPerMinute(), clock);
        this.clock = clock;
        this.identity = authority.ownIdentity();
        this.server = WebServer.builder()
                .host(settings.listenAddress())
                .port(settings.port())
                .tls(tls())
                .maxPayloadSize(LONGEST_BODY_BYTES)
                .maxTcpConnections(MOST_CONNECTIONS)
                .maxConcurrentRequests(MOST_REQUESTS)
                .idleConnectionTimeout(IDLE)
                .shutdownHook(false)
                .routing(this::routes)
                .build()
                .start();
        this.renewal = Thread.ofVirtual().name("own-certificate").start(this::renewOwnCertificate);
    }

    private void routes(HttpRouting.Builder routes) {
        routes.any("/health", only(Method.GET, this::health))
                .any("/crl", only(Method.GET, this::crl))
                .any(EST + "/cacerts", only(Method.GET, this::cacerts))
                .any(EST + "/csrattrs", only(Method.GET, this::csrattrs))
                .any(EST + "/simpleenroll", only(Method.POST, limited(this::simpleenroll)))
                .any(EST + "/simplereenroll", only(Method.POST, limited(this::simplereenroll)))
                .any((request, response) -> refuse(response, Status.NOT_FOUND_404, "nothing here"));
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        renewal.interrupt();
        server.stop();
    }

    private void health(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .send("{\"status\":\"up\",\"certificateNotAfter\":\""
                        + identity.certificate().getNotAfter().toInstant() + "\"}");
    }

    private void crl(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/pkix-crl").send(authority.crl());
    }

    /** RFC 7030 §4.1. */
    private void cacerts(ServerRequest request, ServerResponse response) {
        sendCertificates(response, authority.trust().certificates());
    }

    /** RFC 7030 §4.5: which key and signature a request must have. */
    private void csrattrs(ServerRequest request, ServerResponse response) throws IOException {
        Attribute key = new Attribute(
                X9ObjectIdentifiers.id_ecPublicKey, new DERSet(new ASN1Encodable[] {SECObjectIdentifiers.secp256r1}));
        CsrAttrs attributes = new CsrAttrs(
                new AttrOrOID[] {new AttrOrOID(key), new AttrOrOID(X9ObjectIdentifiers.ecdsa_with_SHA256)});
        response.header(HeaderNames.CONTENT_TYPE, "application/csrattrs")
                .header(TRANSFER_ENCODING, "base64")
                .send(lines(attributes.getEncoded()));
    }

    /** RFC 7030 §4.2.1, with HTTP Basic {@code device:code} (§3.2.3). */
    private void simpleenroll(ServerRequest request, ServerResponse response) throws IOException {
        Optional<byte[]> body = body(request, response);
        if (body.isEmpty()) {
            return;
        }
        Optional<BasicCredentials> credentials =
                request.headers().first(HeaderNames.AUTHORIZATION).flatMap(BasicCredentials::parse);
        if (credentials.isEmpty()) {
            answer(response, new Outcome.Unauthorised());
            return;
        }
        answer(
                response,
                authority.enrol(credentials.get().user(), credentials.get().password(), body.get()));
    }

    /** RFC 7030 §4.2.2, with the certificate of the TLS connection, which may have expired. */
    private void simplereenroll(ServerRequest request, ServerResponse response) throws IOException {
        Optional<byte[]> body = body(request, response);
        if (body.isEmpty()) {
            return;
        }
        Optional<X509Certificate> shown =
                request.remotePeer().tlsCertificates().map(chain -> (X509Certificate) chain[0]);
        answer(
                response,
                shown.map(certificate -> authority.renew(certificate, body.get()))
                        .orElse(new Outcome.Forbidden("renewal needs the certificate to be renewed")));
    }

    private static void answer(ServerResponse response, Outcome outcome) {
        switch (outcome) {
            case Outcome.Issued(X509Certificate certificate) -> {
                LOG.info(() -> "issued "
                        + certificate.getSubjectX500Principal().getName() + " serial "
                        + certificate.getSerialNumber().toString(16) + " key "
                        + Certificates.keyid(certificate.getPublicKey()));
                sendCertificates(response, List.of(certificate));
            }
            case Outcome.Unauthorised() -> {
                response.header(HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"Hamana device enrolment\"");
                response.status(Status.UNAUTHORIZED_401).send(); // Some clients choke on a challenge with a body.
            }
            case Outcome.Forbidden(String reason) -> refuse(response, Status.FORBIDDEN_403, reason);
            case Outcome.Rejected(String reason) -> refuse(response, Status.BAD_REQUEST_400, reason);
        }
    }

    /** A degenerate CMS SignedData with certificates only (RFC 5272 §4.1), base64. */
    private static void sendCertificates(ServerResponse response, List<X509Certificate> certificates) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addCertificates(new JcaCertStore(certificates));
            byte[] der = generator.generate(new CMSAbsentContent()).getEncoded();
            response.header(HeaderNames.CONTENT_TYPE, "application/pkcs7-mime; smime-type=certs-only")
                    .header(TRANSFER_ENCODING, "base64")
                    .send(lines(der));
        } catch (CMSException | CertificateEncodingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lines, the last one ended too: Bouncy Castle's client reads to a line's end, and for long ones gives up. */
    private static String lines(byte[] der) {
        return LINES.encodeToString(der) + "\r\n";
    }

    private static void refuse(ServerResponse response, Status status, String reason) {
        LOG.fine(() -> status + ": " + reason);
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .send(reason + "\n");
    }

    /** The DER inside the base64 body; empty when it was refused already. */
    private static Optional<byte[]> body(ServerRequest request, ServerResponse response) throws IOException {
        if (request.headers().contentLength().orElse(0) > LONGEST_BODY_BYTES) {
            return tooLong(response);
        }
        byte[] body = request.content().inputStream().readNBytes(LONGEST_BODY_BYTES + 1); // Closing would read on.
        if (body.length > LONGEST_BODY_BYTES) {
            return tooLong(response);
        }
        if (!isPkcs10(request)) {
            refuse(response, Status.UNSUPPORTED_MEDIA_TYPE_415, "the body must be application/pkcs10");
            return Optional.empty();
        }
        return decoded(response, body);
    }

    private static Optional<byte[]> tooLong(ServerResponse response) {
        response.header(HeaderNames.CONNECTION, "close");
        refuse(response, Status.REQUEST_ENTITY_TOO_LARGE_413, "longer than " + LONGEST_BODY_BYTES + " bytes");
        return Optional.empty();
    }

    private static boolean isPkcs10(ServerRequest request) {
        return request.headers()
                .contentType()
                .filter(type -> type.mediaType().text().equalsIgnoreCase("application/pkcs10"))
                .isPresent();
    }

    /** RFC 8951 §3.1: base64 with or without line breaks, whatever Content-Transfer-Encoding says. */
    private static Optional<byte[]> decoded(ServerResponse response, byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1).replaceAll("[ \t\r\n]", "");
        try {
            if (!text.isEmpty()) {
                return Optional.of(Base64.getDecoder().decode(text));
            }
        } catch (IllegalArgumentException e) {
            LOG.fine(() -> "a body that is not base64");
        }
        refuse(response, Status.BAD_REQUEST_400, "the body is not base64");
        return Optional.empty();
    }

    private static Handler only(Method method, Handler handler) {
        return (request, response) -> {
            if (request.prologue().method().equals(method)) {
                handler.handle(request, response);
            } else {
                response.header(HeaderNames.ALLOW, method.text());
                refuse(response, Status.METHOD_NOT_ALLOWED_405, "only " + method.text());
            }
        };
    }

    private Handler limited(Handler handler) {
        return (request, response) -> {
            InetSocketAddress peer = (InetSocketAddress) request.remotePeer().address();
            if (limit.allows(peer.getAddress().getHostAddress())) {
                handler.handle(request, response);
            } else {
                response.header(HeaderNames.RETRY_AFTER, "60").header(HeaderNames.CONNECTION, "close");
                refuse(response, Status.TOO_MANY_REQUESTS_429, "too many requests; come again in a minute");
            }
        };
    }

    /**
     * Helidon would hold a client's certificate against the client's address, which devices do not have. Expired
     * certificates pass here, because the path is not known yet; only {@link #simplereenroll} looks at any.
     */
    private Tls tls() {
        return Tls.builder()
                .sslContext(identity.sslContextForRenewals(clock))
                .clientAuth(TlsClientAuth.OPTIONAL)
                .endpointIdentificationAlgorithm(Tls.ENDPOINT_IDENTIFICATION_NONE)
                .build();
    }

    private void renewOwnCertificate() {
        try {
            while (true) {
                Thread.sleep(Duration.ofHours(1));
                if (identity.renewalDue(clock.instant())) {
                    identity = authority.ownIdentity();
                    server.reloadTls(tls());
                    LOG.info("the server's own certificate is renewed");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
