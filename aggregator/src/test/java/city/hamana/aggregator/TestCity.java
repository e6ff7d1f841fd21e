package city.hamana.aggregator;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Role;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Valid defaults for a city in memory. */
final class TestCity {
    static final Instant NOW = Instant.parse("2017-01-05T03:00:00Z");
    /** Certificates run on real time; a test run is shorter than their life. */
    @SuppressWarnings("TimeInStaticInitializer")
    private static final CertificateAuthority CA = CertificateAuthority.root("Testville", Instant.now());

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

    static DeviceIdentity identity() {
        return CA.identity("hall", Role.AGGREGATOR, List.of("localhost", "127.0.0.1"), Instant.now());
    }

    static DeviceIdentity gateway(String id) {
        return CA.identity(id, Role.GATEWAY, List.of("localhost"), Instant.now());
    }
}
