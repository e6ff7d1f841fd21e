package city.hamana.aggregator;

import city.hamana.link.DeviceIdentity;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http2.Http2Config;
import java.time.Duration;

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

    static Server start(Settings settings, DeviceIdentity identity) {
        City city = new City(settings, identity);
        WebServer server = WebServer.builder()
                .host(settings.host())
                .port(settings.publicPort())
                .tls(tls(identity, TlsClientAuth.NONE))
                .maxTcpConnections(MOST_CONNECTIONS)
                .maxPayloadSize(LONGEST_BODY_BYTES)
                .idleConnectionTimeout(IDLE)
                .addProtocol(http2())
                .routing(city.routes().publicListener(city.site()))
                .putSocket(DEVICES, devices(settings, identity, city))
                .shutdownHook(false)
                .build()
                .start();
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

    private static ListenerConfig devices(Settings settings, DeviceIdentity identity, City city) {
        return ListenerConfig.builder()
                .host(settings.host())
                .port(settings.devicePort())
                .tls(tls(identity, TlsClientAuth.REQUIRED))
                .maxTcpConnections(MOST_CONNECTIONS)
                .maxConcurrentRequests(MOST_REQUESTS)
                .maxPayloadSize(LONGEST_BODY_BYTES)
                .idleConnectionTimeout(IDLE)
                .addProtocol(http2())
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

    private static Tls tls(DeviceIdentity identity, TlsClientAuth clients) {
        return Tls.builder()
                .sslContext(identity.sslContext())
                .clientAuth(clients)
                .addApplicationProtocol("h2")
                .addApplicationProtocol("http/1.1")
                .build();
    }
}
