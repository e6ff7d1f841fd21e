package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenewalTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Instant DUE = NOW.plus(Duration.ofDays(300));
    private static final URI EST = URI.create("https://est.example");
    private static final CertificateAuthority CA = CertificateAuthority.root("Testopolis", NOW);

    private final DeviceIdentity old = CA.identity("gw-0001", Role.GATEWAY, List.of("localhost"), NOW);
    private final DeviceIdentity fresh = CA.identity("gw-0001", Role.GATEWAY, List.of("localhost"), DUE);
    private final List<DeviceIdentity> told = new ArrayList<>();

    @Test
    void aYoungCertificateIsLeftAlone() {
        Renewal renewal = renewal(Optional.of(EST), (folder, est) -> fresh);

        assertEquals(Duration.ofHours(1), renewal.tick(NOW));
        assertSame(old, renewal.identity());
        assertEquals(List.of(), told);
    }

    @Test
    void aCertificateWithTwoThirdsOfItsLifeBehindItIsRenewedAndTheProgramIsTold() {
        Renewal renewal = renewal(Optional.of(EST), (folder, est) -> fresh);

        renewal.tick(DUE);

        assertSame(fresh, renewal.identity());
        assertEquals(List.of(fresh), told);
        assertEquals(Duration.ofHours(1), renewal.tick(DUE));
        assertEquals(1, told.size());
    }

    @Test
    void aServerThatCannotBeReachedIsTriedAgainAndTheOldCertificateGoesOn() {
        List<Integer> tries = new ArrayList<>();
        Renewal renewal = renewal(Optional.of(EST), (folder, est) -> {
            tries.add(1);
            if (tries.size() < 3) {
                throw EnrolmentException.of("out of reach");
            }
            return fresh;
        });

        assertTrue(renewal.tick(DUE).compareTo(Duration.ofHours(6)) < 0);
        assertTrue(renewal.tick(DUE).compareTo(Duration.ofHours(6)) < 0);
        assertSame(old, renewal.identity());
        renewal.tick(DUE);
        assertSame(fresh, renewal.identity());
    }

    @Test
    void aCertificateThatHasExpiredMeanwhileIsStillRenewed() {
        Renewal renewal = renewal(Optional.of(EST), (folder, est) -> fresh);

        renewal.tick(NOW.plus(Duration.ofDays(600)));

        assertSame(fresh, renewal.identity());
    }

    @Test
    void withoutAnAddressNothingIsRenewed() {
        Renewal renewal = renewal(Optional.empty(), (folder, est) -> fresh);

        renewal.tick(DUE);

        assertSame(old, renewal.identity());
    }

    private Renewal renewal(Optional<URI> est, Renewal.Renewer renewer) {
        return new Renewal(Path.of("identity"), est, old, renewer, told::add);
    }
}
