package city.hamana.gateway.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.gateway.wifi.Part.Facts;
import city.hamana.gateway.wifi.Part.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Totals out of counters that wrap, begin anew, and are read after the gateway was away. */
class TotalsTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T00:00:00Z");
    private static final long MINUTE_CS = 6_000;
    private static final long WRAP = 1L << 32;

    @TempDir
    Path dir;

    @Test
    void aTotalBeginsWithNothingWhenTheGatewayFirstAsks() {
        Totals totals = none();
        totals.advance(said(0, 123_456, 32, 0), at(0));
        assertEquals(Optional.of(0L), totals.in("ap-hall"));
    }

    @Test
    void aCounterOf32BitsThatWrapsGoesOn() {
        assertEquals(30L, after(WRAP - 10, 20, 32));
    }

    @Test
    void aCounterOf64BitsThatGoesBackWithoutAStartAddsNothing() {
        assertEquals(0L, after(1L << 40, 20, 64));
    }

    @Test
    void aCounterOf32BitsThatWouldHaveWrappedFasterThanAnyRadioAddsNothing() {
        Totals totals = none();
        totals.advance(said(0, WRAP / 2, 32, 0), at(0));
        totals.advance(
                new Snapshot(10, -1, false, PartKind.RADIO, device(), List.of(radio(5, 32, 0))), BEGIN.plusMillis(100));
        assertEquals(Optional.of(0L), totals.in("ap-hall"));
    }

    @Test
    void afterAStartOfTheAccessPointWhatItHasCountedSinceIsAdded() {
        Totals totals = none();
        totals.advance(said(100_000, 5_000, 32, 0), at(0));
        totals.advance(said(50, 700, 32, 0), at(1));
        assertEquals(Optional.of(700L), totals.in("ap-hall"));
    }

    @Test
    void anAgentThatStartsAloneWhileTheRadioCountsOnIsNotCountedTwice() {
        Totals totals = none();
        totals.advance(said(100_000, 5_000, 32, 0), at(0));
        totals.advance(said(50, 5_300, 32, 0), at(1));
        assertEquals(Optional.of(300L), totals.in("ap-hall"));
    }

    @Test
    void aDiscontinuityOfOneInterfaceIsAStartOfItsCounters() {
        Totals totals = none();
        totals.advance(said(100_000, 5_000, 64, 0), at(0));
        totals.advance(said(100_000 + MINUTE_CS, 40, 64, 100_500), at(1));
        assertEquals(Optional.of(40L), totals.in("ap-hall"));
    }

    @Test
    void anUptimeThatGoesRoundAfter497DaysIsNoStart() {
        Totals totals = none();
        totals.advance(said(WRAP - 1_000, WRAP - 10, 32, 0), at(0));
        totals.advance(said(MINUTE_CS - 1_000, 20, 32, 0), at(1));
        assertEquals(Optional.of(30L), totals.in("ap-hall"));
    }

    @Test
    void totalsGoOnAfterTheGatewayWasAway() throws IOException {
        Totals before = none();
        before.advance(said(0, 1_000, 64, 0), at(0));
        before.advance(said(MINUTE_CS, 4_000, 64, 0), at(1));
        before.keep();
        Totals after = none();
        after.advance(said(60 * MINUTE_CS, 10_000, 64, 0), at(60));
        assertEquals(Optional.of(9_000L), after.in("ap-hall"));
        assertEquals(Optional.of(9_000L), after.in("ap-hall_radio-wlan0"));
    }

    @Test
    void totalsOfWhatIsNoLongerAskedAreForgottenAndAFileThatIsNoneBeginsAnew() throws IOException {
        Totals before = none();
        before.advance(said(0, 1_000, 64, 0), at(0));
        before.keep();
        assertEquals(
                Optional.empty(),
                Totals.read(dir.resolve("totals"), List.of("ap-other")).in("ap-hall"));
        Files.writeString(dir.resolve("totals"), "totals-1\ncounter ap-hall x\n");
        assertEquals(Optional.empty(), none().in("ap-hall"));
    }

    @Test
    void anAgentWhoseTableIsAnotherOneEachTimeDoesNotMakeTheFileGrow() throws IOException {
        Totals totals = none();
        for (int i = 0; i < 40; i++) {
            int round = i;
            List<Row> rows = IntStream.range(0, 500)
                    .mapToObj(n -> new Row("r" + round + "-" + n, counter(5, 32, 0), Optional.empty()))
                    .toList();
            totals.advance(new Snapshot(i, -1, false, PartKind.RADIO, device(), List.of(radio(rows))), at(i));
        }
        totals.keep();
        try (var lines = Files.lines(dir.resolve("totals"))) {
            assertTrue(lines.count() <= Book.MOST_COUNTERS + 10);
        }
    }

    /** Whatever an access point does: a total never goes back, and never says more than went through. */
    @Property(tries = 300)
    void aTotalNeverGoesBackAndNeverSaysMoreThanWentThrough(
            @ForAll @Size(max = 40) List<@LongRange(min = -3_000_000, max = 2_000_000_000L) Long> minutes)
            throws IOException {
        Path file = Files.createTempFile("totals", "");
        Files.delete(file);
        Totals totals = Totals.read(file, List.of("ap-hall"));
        long truth = 0;
        long raw = 4_000_000_000L;
        long uptime = 500_000;
        long last = 0;
        boolean started = false;
        totals.advance(said(uptime, raw, 32, 0), at(0));
        for (int i = 0; i < minutes.size(); i++) {
            long went = Math.abs(minutes.get(i));
            boolean starts = minutes.get(i) < 0;
            started |= starts;
            truth += went;
            raw = starts ? went : (raw + went) % WRAP;
            uptime = starts ? 10 : uptime + MINUTE_CS;
            totals.advance(said(uptime, raw, 32, 0), at(i + 1));
            long total = totals.in("ap-hall").orElseThrow();
            assertTrue(total >= last && total <= truth, total + " after " + last + ", really " + truth);
            last = total;
        }
        if (!started) {
            assertEquals(truth, last);
        }
    }

    private long after(long first, long then, int bits) {
        Totals totals = none();
        totals.advance(said(0, first, bits, 0), at(0));
        totals.advance(said(MINUTE_CS, then, bits, 0), at(1));
        return totals.in("ap-hall").orElseThrow();
    }

    private Totals none() {
        return Totals.read(dir.resolve("totals"), List.of("ap-hall"));
    }

    private static Instant at(long minute) {
        return BEGIN.plusSeconds(60 * minute);
    }

    private static Snapshot said(long uptimeCs, long raw, int bits, long discontinuity) {
        return new Snapshot(uptimeCs, -1, false, PartKind.RADIO, device(), List.of(radio(raw, bits, discontinuity)));
    }

    private static Part device() {
        return new Part(
                PartKind.DEVICE, "ap-hall", "hall", true, Optional.empty(), List.of(), Optional.empty(), Facts.NONE);
    }

    private static Part radio(long raw, int bits, long discontinuity) {
        return radio(List.of(new Row("a1", counter(raw, bits, discontinuity), Optional.empty())));
    }

    private static Part radio(List<Row> rows) {
        return new Part(
                PartKind.RADIO,
                "ap-hall_radio-wlan0",
                "wlan0",
                true,
                Optional.empty(),
                rows,
                Optional.empty(),
                Facts.NONE);
    }

    private static Optional<Counter> counter(long raw, int bits, long discontinuity) {
        return Optional.of(new Counter(raw, bits, discontinuity));
    }
}
