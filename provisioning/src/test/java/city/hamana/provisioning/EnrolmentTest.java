package city.hamana.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Enrolment;
import city.hamana.link.EnrolmentException;
import city.hamana.link.Pem;
import city.hamana.link.Role;
import city.hamana.link.Ticket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentTest {
    @TempDir
    Path folder;

    private TestCity city;

    @BeforeEach
    void start() {
        city = new TestCity(folder);
    }

    @AfterEach
    void stop() {
        city.close();
    }

    private Path device() {
        return folder.resolve("device");
    }

    private String refused(Ticket ticket) {
        String message = assertThrows(EnrolmentException.class, () -> Enrolment.enrol(device(), ticket))
                .getMessage();
        assertFalse(Files.exists(device().resolve("key.pem")));
        assertFalse(message.contains(ticket.code()), message);
        assertFalse(message.contains("\n"), message);
        return message;
    }

    @Test
    void aDeviceThatKnowsTheFingerprintEnrolsAndTrustsTheCityFromThenOn() {
        DeviceIdentity identity = Enrolment.enrol(device(), city.ticket("node-1", Role.NODE));
        DeviceIdentity loaded = DeviceIdentity.load(device());
        assertEquals("node-1", loaded.deviceId());
        assertEquals(Role.NODE, loaded.role());
        assertEquals(identity.keyid(), loaded.keyid());
        assertEquals(city.trust.fingerprint(), loaded.trust().fingerprint());
        assertEquals(2, loaded.chain().size());
    }

    @Test
    void aDeviceThatHoldsTheCaNeedsNoFingerprint() {
        Pem.replace(device().resolve("ca.pem"), Pem.text(city.trust.certificates()));
        Ticket ticket = city.ticket("node-1", Role.NODE);
        Ticket bare = new Ticket(ticket.est(), "node-1", Role.NODE, ticket.code(), Optional.empty());
        assertEquals("node-1", Enrolment.enrol(device(), bare).deviceId());
    }

    @Test
    void aServerWithAnotherFingerprintIsNotToldTheCode() {
        Ticket ticket = city.ticket("node-1", Role.NODE);
        Ticket wrong = new Ticket(ticket.est(), "node-1", Role.NODE, ticket.code(), Optional.of("00".repeat(32)));
        assertTrue(refused(wrong).contains("does not have the fingerprint"));
        assertEquals("node-1", Enrolment.enrol(device(), ticket).deviceId());
    }

    @Test
    void aServerOfAnotherCityIsNotBelievedByADeviceThatHoldsItsOwnCa() {
        CertificateAuthority other = CertificateAuthority.root("Elsewhere", Instant.now());
        Pem.replace(device().resolve("ca.pem"), Pem.text(List.of(other.certificate())));
        assertTrue(refused(city.ticket("node-1", Role.NODE)).contains("cannot be reached"));
    }

    @Test
    void withoutCaAndFingerprintNothingIsSent() {
        Ticket ticket = city.ticket("node-1", Role.NODE);
        Ticket blind = new Ticket(ticket.est(), "node-1", Role.NODE, ticket.code(), Optional.empty());
        assertTrue(refused(blind).contains("says which CA to trust"));
    }

    @Test
    void aServerUnderANameThatIsNotItsOwnIsNotBelieved() {
        Ticket ticket = city.ticket("node-1", Role.NODE);
        URI other = URI.create("https://127.0.0.2:" + ticket.est().getPort());
        Ticket elsewhere = new Ticket(other, "node-1", Role.NODE, ticket.code(), ticket.caFingerprint());
        assertTrue(refused(elsewhere).contains("cannot be reached"));
    }

    @Test
    void aRefusalIsToldWithItsReason() {
        Ticket ticket = city.ticket("node-1", Role.NODE);
        Ticket wrong = new Ticket(ticket.est(), "node-1", Role.GATEWAY, ticket.code(), ticket.caFingerprint());
        assertTrue(refused(wrong).contains("400: the subject is not the one the code is for"));
        Ticket used = new Ticket(ticket.est(), "node-1", Role.NODE, "none", ticket.caFingerprint());
        assertTrue(refused(used).contains("401"));
    }

    @Test
    void aTicketSurvivesItsFileAndKeepsItsCodeOutOfLogs() throws Exception {
        Ticket ticket = city.ticket("node-1", Role.NODE);
        Path file = Files.writeString(folder.resolve("ticket"), ticket.text());
        assertEquals(ticket, Ticket.read(file));
        assertFalse(ticket.toString().contains(ticket.code()));
    }
}
