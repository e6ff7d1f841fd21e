package city.hamana.sensing.ingest;

import static city.hamana.sensing.ingest.Edge.NODE;
import static city.hamana.sensing.ingest.Edge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.Quality;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.SequenceRange;
import city.hamana.messages.v1.Status;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where everything is that a device made in a period. */
class AccountsTest {
    private static Edge edge;

    private final Boot boot = new Boot(NODE, 1);

    @BeforeAll
    static void open() {
        edge = new Edge();
    }

    @AfterAll
    static void shut() {
        edge.close();
    }

    @BeforeEach
    void forget() {
        edge.forget();
        edge.now = NOW;
    }

    @Test
    void everyBlockFallsIntoTheFirstHeapThatItBelongsTo() {
        boot.next(9);
        byte[] exchanged = new Boot(NODE, 1)
                .next(block -> block.setSequence(4).setPreviousHash(ByteString.copyFrom(new byte[32])));
        edge.deliver(boot.block(1), boot.block(3), exchanged, boot.block(9));
        edge.deliver(boot.next(block -> block.addLosses(boot.loss(2, 6))));

        Account account = account(pending(2, 2));

        assertEquals(4, account.held());
        assertEquals(
                List.of("PENDING 2-2", "SET_ASIDE 4-4", "LOST 5-6", "MISSING 7-8"),
                account.gaps().stream()
                        .map(gap -> gap.kind() + " " + gap.first() + "-" + gap.last())
                        .toList());
        assertEquals(1, account.setAside());
        assertEquals(7, account.lostSamples());
    }

    @Test
    void aGapLiesInThePeriodThatTheTimesOfItsNeighboursTouch() {
        boot.next(9);
        edge.deliver(boot.block(1), boot.block(4), boot.block(9));

        assertEquals(List.of(2L), firsts(0, 2));
        assertEquals(List.of(2L, 5L), firsts(3, 5));
        assertEquals(List.of(5L), firsts(6, 8));
        assertEquals(List.of(), firsts(10, 20));
        assertEquals(1, account(0, 2).held());
    }

    @Test
    void aGapAtTheEndIsBoundedByWhenItWasKnown() {
        boot.next(3);
        edge.deliver(boot.block(1));
        edge.deliver(new Boot(NODE, 2).next(block -> block.setContinues(boot.end(3))));

        Gap gap = account(0, 60).gaps().getFirst();

        assertEquals(Optional.of(NOW.plus(Duration.ofMinutes(1))), gap.after());
        assertEquals(NOW.plus(Duration.ofMinutes(1)), gap.before());
        assertEquals(Optional.empty(), gap.asked());
    }

    @Test
    void samplesWithoutATimeAreCountedWhateverThePeriod() {
        edge.deliver(new Boot(NODE, 3).withoutClock().next(Boot.reading(NOW, 5, Quality.CLOCK_UNKNOWN)));

        assertEquals(1, account(100, 200).untimed());
    }

    @Test
    void theListHoldsTheSameAsTheReports() {
        boot.next(5);
        edge.deliver(boot.block(1), boot.block(5));

        Map<String, Account> all = edge.ingest.accounts(span(0, 60), Map.of("mn-0001", List.of(pending(2, 3))));

        assertEquals(Map.of("mn-0001", account(pending(2, 3))), all);
        assertTrue(edge.ingest.knows("mn-0001"));
        assertTrue(!edge.ingest.knows("mn-0009"));
    }

    private static Said pending(long first, long last) {
        return new Said(
                "gw-0001",
                Status.newBuilder()
                        .addPending(BlockSet.newBuilder()
                                .setDeviceId("mn-0001")
                                .setBootId(Edge.boot(1))
                                .addBlocks(SequenceRange.newBuilder()
                                        .setFirst(first)
                                        .setLast(last)))
                        .build(),
                NOW);
    }

    private static List<Long> firsts(int fromMinute, int toMinute) {
        return account(fromMinute, toMinute).gaps().stream().map(Gap::first).collect(Collectors.toList());
    }

    private static Account account(Said said) {
        return edge.ingest.account("mn-0001", span(0, 60), List.of(said));
    }

    private static Account account(int fromMinute, int toMinute) {
        return edge.ingest.account("mn-0001", span(fromMinute, toMinute), List.of());
    }

    private static Span span(int fromMinute, int toMinute) {
        Instant from = NOW.plus(Duration.ofMinutes(fromMinute));
        Instant to = NOW.plus(Duration.ofMinutes(toMinute));
        return new Span(from, to, NOW.minusSeconds(1), NOW.plusSeconds(1));
    }
}
