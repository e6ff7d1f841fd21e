package city.hamana.aggregator;

import city.hamana.platform.http.Caller;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Valid defaults for a city in memory. */
final class TestCity {
    static final Instant NOW = Instant.parse("2017-01-05T03:00:00Z");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestCity() {}

    static City open() {
        return new City(settings(), identity());
    }

    static Settings settings() {
        return settings("jdbc:derby:memory:city" + NUMBER.incrementAndGet() + ";create=true");
    }

    static Settings settings(String databaseUrl) {
        return new Settings(
                "127.0.0.1",
                0,
                0,
                databaseUrl,
                Path.of("identity"),
                Clock.fixed(NOW, ZoneId.of("Asia/Tokyo")),
                true,
                "Contains data from \"A sample\", licensed under CC BY-SA 4.0",
                Duration.ofSeconds(6),
                Optional.empty());
    }

    /** A device is whoever brings a certificate. */
    static Identity identity() {
        try {
            return new Identity(SSLContext.getDefault(), TestCity::device);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Caller.Device> device(X509Certificate certificate) {
        return Optional.of(new Caller.Device("gw-0001", certificate));
    }
}
