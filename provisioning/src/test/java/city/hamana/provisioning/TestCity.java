package city.hamana.provisioning;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Role;
import city.hamana.link.Ticket;
import city.hamana.link.Trust;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A CA and its EST server on a free port of the loopback, in a test's folder. */
final class TestCity implements AutoCloseable {
    final CertificateAuthority issuing;
    final Trust trust;
    final Register register;
    final ProvisioningSettings settings;
    final RegistrationAuthority authority;
    private final EstServer server;

    TestCity(Path folder) {
        this(folder, 100_000);
    }

    TestCity(Path folder, int requestsPerMinute) {
        Instant longAgo = Instant.now().minus(Duration.ofDays(1_000));
        CertificateAuthority root = CertificateAuthority.root("Testville", longAgo);
        issuing = root.issuing("Testville", longAgo);
        trust = Trust.of(List.of(root.certificate(), issuing.certificate()));
        register = new Register(folder.resolve("register.db"));
        settings = new ProvisioningSettings(
                folder,
                Optional.empty(),
                "provisioning",
                "127.0.0.1",
                0,
                List.of("localhost", "127.0.0.1"),
                Duration.ofDays(30),
                Duration.ofHours(24),
                Duration.ofDays(7),
                Duration.ofDays(400),
                requestsPerMinute);
        authority = new RegistrationAuthority(new CaFolder(trust, issuing), register, settings, Clock.systemUTC());
        server = new EstServer(authority, settings, Clock.systemUTC());
    }

    URI est() {
        return URI.create("https://localhost:" + server.port());
    }

    String code(String device, Role role, String... names) {
        return RegistrationAuthority.admit(register, device, role, List.of(names), Duration.ofHours(1), Instant.now());
    }

    Ticket ticket(String device, Role role, String... names) {
        return new Ticket(est(), device, role, code(device, role, names), Optional.of(trust.fingerprint()));
    }

    /** TLS that trusts the city and shows no certificate. */
    SSLContext anonymous() {
        return trust.sslContext();
    }

    /** An identity of the city's CA that its register does not know. */
    DeviceIdentity someone() {
        return issuing.identity("someone", Role.NODE, List.of(), trust, Instant.now());
    }

    @Override
    public void close() {
        server.close();
    }
}
