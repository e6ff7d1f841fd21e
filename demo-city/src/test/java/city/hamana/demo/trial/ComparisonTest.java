package city.hamana.demo.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.demo.city.Plan;
import city.hamana.demo.trial.Known.Meter;
import city.hamana.demo.trial.Known.Reading;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final Instant SINCE = Instant.parse("2026-11-22T03:00:00Z");
    private static final Duration TOLERANCE = Duration.ofMinutes(10);
    private static final Known KNOWN = new Known(SINCE, Duration.ofMinutes(1), 2, 1);
    private static final Meter LOGGED = KNOWN.meters().get(0);
    private static final Meter TIMELESS = KNOWN.meters().get(1);

    @TempDir
    Path memory;

    private final Jumps jumps = new Jumps();
    private boolean toldLost;

    /** Three readings that the meter's memory says were taken. */
    private List<Reading> logged() throws Exception {
        byte[] count = ByteBuffer.allocate(Long.BYTES).putLong(3).array();
        Files.write(memory.resolve(LOGGED.name()), count);
        return KNOWN.written(LOGGED, memory);
    }

    private List<Reading> timeless() throws Exception {
        Files.writeString(memory.resolve(TIMELESS.name()), "60\n7200\n");
        return KNOWN.written(TIMELESS, memory);
    }

    private Comparison.Result compared(Meter meter, List<Reading> told, List<Reading> holding) {
        Comparison comparison = new Comparison(KNOWN, jumps, TOLERANCE, (m, r) -> toldLost);
        comparison.add(meter, told, holding);
        return comparison.result();
    }

    private static List<Reading> changed(List<Reading> readings, int place, Reading into) {
        List<Reading> changed = new ArrayList<>(readings);
        changed.set(place, into);
        return changed;
    }

    @Test
    void theValuesAreThoseThatTheMeterNodesReadmePromises() throws Exception {
        assertEquals(
                List.of(7_919 * 1_001L % 97, 100 + (7_919 * 1_001L + 104_729) % 97),
                logged().stream().limit(2).map(Reading::litres).toList());
        assertEquals(
                List.of(SINCE.plusSeconds(60), SINCE.plusSeconds(7_200)),
                timeless().stream().map(Reading::at).toList());
    }

    @Test
    void whatIsHeldAsItWasWrittenIsGood() throws Exception {
        Comparison.Result result = compared(LOGGED, logged(), logged());
        assertTrue(result.good());
        assertEquals(3, result.written());
        assertEquals(3, result.held());
    }

    @Test
    void aReadingThatIsNotHeldIsLost() throws Exception {
        Comparison.Result result = compared(LOGGED, logged(), logged().subList(0, 2));
        assertFalse(result.good());
        assertEquals(2, result.held());
        assertEquals(1, result.lost().size());
        assertTrue(result.lost().getFirst().contains(LOGGED.name() + " of " + Plan.NODE_1));
        assertTrue(result.lost().getFirst().contains("2026-11-22T03:02:00Z"));
    }

    @Test
    void aReadingThatTheDeviceHasToldToBeLostIsExplained() throws Exception {
        toldLost = true;
        Comparison.Result result = compared(LOGGED, logged(), logged().subList(0, 2));
        assertTrue(result.good());
        assertEquals(1, result.explained().size());
    }

    @Test
    void aReadingThatIsHeldAtTwoInstantsIsDuplicated() throws Exception {
        List<Reading> holding = new ArrayList<>(logged());
        holding.add(new Reading(SINCE.plusSeconds(61), logged().get(1).litres()));
        Comparison.Result result = compared(LOGGED, logged(), holding);
        assertFalse(result.good());
        assertEquals(1, result.duplicated().size());
        assertEquals(0, result.wrong().size());
    }

    @Test
    void aReadingAtAnotherInstantIsWrong() throws Exception {
        Reading moved = new Reading(SINCE.plusSeconds(61), logged().get(1).litres());
        Comparison.Result result = compared(LOGGED, logged(), changed(logged(), 1, moved));
        assertFalse(result.good());
        assertEquals(1, result.wrong().size());
    }

    @Test
    void aValueThatTheMeterNeverHadIsWrongAndTheRightOneLost() throws Exception {
        Reading other = new Reading(logged().get(1).at(), logged().get(1).litres() + 1);
        Comparison.Result result = compared(LOGGED, logged(), changed(logged(), 1, other));
        assertFalse(result.good());
        assertEquals(1, result.wrong().size());
        assertEquals(1, result.lost().size());
    }

    @Test
    void aReadingThatTheMeterDoesNotKnowToBeTakenIsFineAsLongAsItIsRight() throws Exception {
        Comparison.Result right = compared(LOGGED, logged().subList(0, 2), logged());
        assertTrue(right.good());
        assertEquals(1, right.beyond());
        Reading moved = new Reading(SINCE, logged().get(2).litres());
        assertFalse(compared(LOGGED, logged().subList(0, 2), changed(logged(), 2, moved))
                .good());
    }

    @Test
    void aMeterWithoutTimeMayBeStampedALittleLateButNoMore() throws Exception {
        Reading late = new Reading(SINCE.plusSeconds(60).plus(TOLERANCE), 60);
        assertTrue(compared(TIMELESS, timeless(), changed(timeless(), 0, late)).good());
        Reading tooLate = new Reading(SINCE.plusSeconds(61).plus(TOLERANCE), 60);
        assertEquals(
                1,
                compared(TIMELESS, timeless(), changed(timeless(), 0, tooLate))
                        .wrong()
                        .size());
    }

    @Test
    void aClockThatWasSetWrongExplainsTheInstantsItShowedAndNoOthers() throws Exception {
        Duration offset = Duration.ofHours(-5);
        jumps.add(new Jumps.Jump(Plan.NODE_1, SINCE, SINCE.plusSeconds(300), offset));
        Reading stepped = new Reading(SINCE.plusSeconds(60).plus(offset), 60);
        Comparison.Result result = compared(TIMELESS, timeless(), changed(timeless(), 0, stepped));
        assertTrue(result.good());
        assertEquals(1, result.stepped());
        Reading afterwards = new Reading(SINCE.plusSeconds(7_200).plus(offset), 7_200);
        assertFalse(compared(TIMELESS, timeless(), changed(timeless(), 1, afterwards))
                .good());
    }
}
