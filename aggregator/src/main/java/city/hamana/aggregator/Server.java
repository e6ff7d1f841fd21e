package city.hamana.aggregator;

import city.hamana.link.DeviceIdentity;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import java.time.Duration;
import java.util.List;

/** A running city: two listeners over one set of routes. */
final class Server implements AutoCloseable {
    private static final String DEVICES = "devices";
    private static final int MOST_CONNECTIONS = 4_000;
    private static final int MOST_REQUESTS = 500;
    private static final long LONGEST_BODY_BYTES = 32L << 20;
    private static final long MOST_STREAMS = 100;
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final City city;
    private final WebServer server;

    private Server(City city, WebServer server) {
        this.city = city;
        this.server = server;
    }

    /**
     * Opens the database and listens.
     *
     * @throws StartException if a port is in use
     */
    static Server start(Settings settings, DeviceIdentity identity) {
        City city = new City(settings, identity);
        WebServer server = WebServer.builder()
                .host(settings.host())
                .port(settings.publicPort())
                .tls(tls(identity, TlsClientAuth.NONE, List.of("h2", "http/1.1")))
                .maxTcpConnections(MOST_CONNECTIONS)
                .maxPayloadSize(LONGEST_BODY_BYTES)
                .idleConnectionTimeout(IDLE)
                .addProtocol(http2())
                .routing(city.routes().publicListener(city.site()))
                .putSocket(DEVICES, devices(settings, identity, city))
                .shutdownHook(false)
                .build()
                .start();
        if (!server.isRunning()) {
            city.close();
            throw StartException.ports(settings.host(), settings.publicPort(), settings.devicePort());
        }
        city.startJobs();
        return new Server(city, server);
    }

    int publicPort() {
        return server.port();
    }

    int devicePort() {
        return server.port(DEVICES);
    }

    City city() {
        return city;
    }

    @Override
    public void close() {
        server.stop();
        city.close();
    }

    /**
     * HTTP/1.1 only: Helidon 4.2 refuses a header table that the JDK's client resizes twice, as RFC 7541 §4.2 allows,
     * and a gateway posts one batch at a time anyway.
     */
    private static ListenerConfig devices(Settings settings, DeviceIdentity identity, City city) {
        return ListenerConfig.builder()
                .host(settings.host())
                .port(settings.devicePort())
                .tls(tls(identity, TlsClientAuth.REQUIRED, List.of("http/1.1")))
                .maxTcpConnections(MOST_CONNECTIONS)
                .maxConcurrentRequests(MOST_REQUESTS)
                .maxPayloadSize(LONGEST_BODY_BYTES)
                .idleConnectionTimeout(IDLE)
                .protocolsDiscoverServices(false)
                .addProtocol(Http1Config.create())
                .routing(city.routes().deviceListener(city.site()))
                .build();
    }

    /** A client that opens and resets streams without end (CVE-2023-44487) is cut off. */
    private static Http2Config http2() {
        return Http2Config.builder()
                .maxConcurrentStreams(MOST_STREAMS)
                .maxRapidResets(100)
                .build();
    }

    private static Tls tls(DeviceIdentity identity, TlsClientAuth clients, List<String> protocols) {
        return Tls.builder()
                .sslContext(identity.sslContext())
                .clientAuth(clients)
                // A client is known by its certificate's subject; it has no host name to be checked against.
                .endpointIdentificationAlgorithm(Tls.ENDPOINT_IDENTIFICATION_NONE)
                .applicationProtocols(protocols)
                .build();
    }
}
