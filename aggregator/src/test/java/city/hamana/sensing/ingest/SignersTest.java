package city.hamana.sensing.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.DeviceIdentity;
import city.hamana.link.Role;
import city.hamana.messages.v1.BlockOutcome;
import city.hamana.messages.v1.Verdict;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices that were alone for longer than their certificates live: a year, in this city. */
class SignersTest {
    private Edge edge;

    @BeforeEach
    void open() {
        edge = new Edge();
    }

    @AfterEach
    void shut() {
        edge.close();
    }

    @Test
    void aNodesBlocksAreTakenWithACertificateThatEndedInTheMonthsAlone() {
        after(Duration.ofDays(365 + 399));

        BlockOutcome outcome = edge.deliver(new Boot(Edge.NODE, 1).next()).getFirst();

        assertEquals(Verdict.VERDICT_STORED, outcome.getVerdict(), outcome.getReason());
    }

    @Test
    void afterFourHundredDaysTheyAreSetAsideForStaffToJudge() {
        after(Duration.ofDays(365 + 401));

        BlockOutcome outcome = edge.deliver(new Boot(Edge.NODE, 1).next()).getFirst();

        assertEquals(Verdict.VERDICT_QUARANTINED, outcome.getVerdict());
        assertTrue(outcome.getReason().contains("expired"), outcome.getReason());
    }

    @Test
    void aRevokedKeyIsNeverTakenHoweverItsCertificateEnded() {
        after(Duration.ofDays(400));
        BigInteger serial = Edge.NODE.certificate().getSerialNumber();
        edge.trust =
                edge.trust.without(Edge.CA.crl(Map.of(serial, Edge.NOW), BigInteger.ONE, edge.now, Duration.ofDays(7)));

        BlockOutcome outcome = edge.deliver(new Boot(Edge.NODE, 1).next()).getFirst();

        assertEquals(Verdict.VERDICT_QUARANTINED, outcome.getVerdict());
        assertTrue(outcome.getReason().contains("revoked"), outcome.getReason());
    }

    @Test
    void aBatchThatWasSignedJustBeforeTheGatewaysRenewalIsTaken() {
        after(Duration.ofDays(500));
        edge.batchSigner = Edge.GATEWAY;

        assertEquals(200, edge.post(List.of(new Boot(Edge.NODE, 1).next())).status());
    }

    @Test
    void aBatchSignedWithAKeyThatEndedTooLongAgoIsNot() {
        after(Duration.ofDays(365 + 401));
        edge.batchSigner = Edge.GATEWAY;

        assertEquals(422, edge.post(List.of(new Boot(Edge.NODE, 1).next())).status());
    }

    /** So much later, with a gateway that has just been renewed. */
    private void after(Duration alone) {
        edge.now = Edge.NOW.plus(alone);
        DeviceIdentity renewed = Edge.CA.identity("gw-0001", Role.GATEWAY, List.of("localhost"), edge.now);
        edge.gateway = renewed;
        edge.batchSigner = renewed;
        edge.introduce(renewed);
    }
}
