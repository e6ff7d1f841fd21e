package city.hamana.sensing.ingest;

import static city.hamana.sensing.ingest.Edge.NODE;
import static city.hamana.sensing.ingest.Edge.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.Quality;
import city.hamana.messages.Sample;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.ClockCorrection;
import city.hamana.messages.v1.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Samples of a device that did not know the time. */
class ClocksTest {
    private static final Edge EDGE = new Edge();

    /** A clock that began at its last known moment, ten days before the truth. */
    private static final long OFFSET_MS = Duration.ofDays(10).toMillis();

    private static final Instant WRONG = NOW.minus(Duration.ofDays(10));

    @AfterAll
    @AfterContainer
    static void shut() {
        EDGE.forget();
    }

    @BeforeEach
    void forget() {
        EDGE.forget();
    }

    @Test
    void samplesWithoutAClockWaitAndAreReceiptedAndComeRightWithTheCorrection() {
        Boot boot = new Boot(NODE, 1).withoutClock();
        byte[] untimed = boot.next(Boot.reading(WRONG, 5, Quality.CLOCK_UNKNOWN));

        assertEquals(List.of(Verdict.VERDICT_STORED), Edge.verdicts(EDGE.deliver(untimed)));
        assertTrue(EDGE.readings().isEmpty());
        assertEquals(1, EDGE.count("ingest_untimed"));

        EDGE.deliver(boot.next(correction(OFFSET_MS, 0)));
        Sample sample = EDGE.readings().getFirst();
        assertEquals(NOW, sample.at());
        assertEquals(0, sample.flags());
        assertEquals(0, EDGE.count("ingest_untimed"));
    }

    @Test
    void aCorrectionThatComesFirstServesTheSamplesAtOnce() {
        Boot boot = new Boot(NODE, 1).withoutClock();
        byte[] untimed = boot.next(Boot.reading(WRONG, 5, Quality.CLOCK_UNKNOWN));
        EDGE.deliver(boot.next(correction(OFFSET_MS, 0)));

        EDGE.deliver(untimed);

        assertEquals(NOW, EDGE.readings().getFirst().at());
        assertEquals(0, EDGE.count("ingest_untimed"));
    }

    @Test
    void theMetersOwnTimeNeedsNoClockOfTheDevices() {
        Boot boot = new Boot(NODE, 1).withoutClock();
        EDGE.deliver(boot.next(block -> {
            Boot.reading(WRONG, 5, Quality.CLOCK_UNKNOWN).accept(block);
            Boot.reading(NOW, 6, Quality.CLOCK_UNKNOWN | Quality.METER_TIME).accept(block);
        }));
        assertEquals(List.of(NOW), EDGE.readings().stream().map(Sample::at).toList());

        EDGE.deliver(boot.next(correction(Duration.ofDays(20).toMillis(), 0)));
        assertEquals(
                List.of(NOW, NOW.plus(Duration.ofDays(10))),
                EDGE.readings().stream().map(Sample::at).toList());
    }

    @Test
    void theFirstCorrectionOfABootCountsAndStaffHearOfAnother() {
        Boot boot = new Boot(NODE, 1).withoutClock();
        EDGE.deliver(boot.next(correction(OFFSET_MS, 0)));
        EDGE.deliver(boot.next(correction(OFFSET_MS, 0)));
        assertFalse(EDGE.told("mn-0001").contains("ingest.clock-disputed"));

        EDGE.deliver(boot.next(correction(OFFSET_MS + 1, 0)));
        EDGE.deliver(boot.next(Boot.reading(WRONG, 5, Quality.CLOCK_UNKNOWN)));

        assertTrue(EDGE.told("mn-0001").contains("ingest.clock-disputed"));
        assertEquals(NOW, EDGE.readings().getFirst().at());
    }

    @Test
    void aClockThatWasSetAgainIsToldAndPutsNothingElsewhere() {
        Boot boot = new Boot(NODE, 1);
        EDGE.deliver(boot.next(block -> {
            Boot.reading(NOW, 5, 0).accept(block);
            correction(0, -3_600_000).accept(block);
        }));

        assertTrue(EDGE.detail("mn-0001", "ingest.clock-step").contains("-3600000"));
        assertEquals(NOW, EDGE.readings().getFirst().at());
        assertEquals(0, EDGE.count("ingest_clock"));
    }

    @Test
    void aClockThatJumpsBackMakesNeitherADuplicateNorAnOverwrite() {
        Boot boot = new Boot(NODE, 1);
        EDGE.deliver(boot.next(Boot.reading(NOW, 5, 0)));
        EDGE.deliver(boot.next(Boot.reading(NOW, 6, 0)));
        EDGE.deliver(boot.next(Boot.reading(NOW, 5, 0)));

        assertEquals(1, EDGE.readings().size());
        assertEquals(5, EDGE.readings().getFirst().value());
        assertEquals(1, EDGE.readings.conflicts(10).size());
    }

    @Test
    void anotherBootsCorrectionSaysNothingOfThisOne() {
        EDGE.deliver(new Boot(NODE, 1).withoutClock().next(Boot.reading(WRONG, 5, Quality.CLOCK_UNKNOWN)));
        EDGE.deliver(new Boot(NODE, 2).next(correction(OFFSET_MS, 0)));

        assertTrue(EDGE.readings().isEmpty());
        assertEquals(1, EDGE.count("ingest_untimed"));
    }

    @Test
    void aCorrectionBeyondReasonIsSetAside() {
        byte[] block = new Boot(NODE, 1).next(correction(Long.MIN_VALUE, 0));
        assertEquals(List.of(Verdict.VERDICT_QUARANTINED), Edge.verdicts(EDGE.deliver(block)));
    }

    @Test
    void aBlocksTimeIsPutRightToo() {
        Boot boot = new Boot(NODE, 1).withoutClock();
        EDGE.deliver(boot.next());
        assertEquals(NOW.toEpochMilli(), made());

        EDGE.deliver(boot.next(correction(OFFSET_MS, 0)));
        assertEquals(NOW.plus(Duration.ofMinutes(1)).toEpochMilli() + OFFSET_MS, made());
    }

    /** The truth is one reading a minute; the device learns the time somewhere, and the network does what it likes. */
    @Property(tries = 40)
    void whateverTheOrderAndHoweverOftenTheReadingsAreTheSame(@ForAll long seed) {
        EDGE.forget();
        Random random = new Random(seed);
        Boot boot = new Boot(NODE, 1).withoutClock();
        int blocks = 3 + random.nextInt(12);
        int corrected = random.nextInt(blocks);
        List<byte[]> all = new ArrayList<>();
        List<Instant> truth = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            Instant at = NOW.plus(Duration.ofMinutes(i));
            boolean known = i > corrected || random.nextInt(4) == 0;
            Consumer<Block.Builder> reading =
                    Boot.reading(known ? at : at.minusMillis(OFFSET_MS), i, known ? 0 : Quality.CLOCK_UNKNOWN);
            all.add(boot.next(i == corrected ? reading.andThen(correction(OFFSET_MS, 0)) : reading));
            truth.add(at);
        }
        List<byte[]> sent = new ArrayList<>(all);
        sent.addAll(all.subList(0, random.nextInt(blocks)));
        Collections.shuffle(sent, random);
        int from = 0;
        while (from < sent.size()) {
            int to = Math.min(sent.size(), from + 1 + random.nextInt(5));
            EDGE.deliver(sent.subList(from, to));
            from = to;
        }

        assertEquals(truth, EDGE.readings().stream().map(Sample::at).toList());
        assertTrue(EDGE.readings().stream().allMatch(s -> s.flags() == 0));
        assertEquals(0, EDGE.readings.conflicts(10).size());
        assertEquals(0, EDGE.count("ingest_untimed"));
        List<Sample> before = EDGE.readings();
        EDGE.deliver(all);
        assertEquals(before, EDGE.readings());
    }

    private static long made() {
        return EDGE.database.inTransaction(tx -> tx.createQuery("SELECT made_ms FROM ingest_block WHERE sequence = 1")
                .mapTo(Long.class)
                .one());
    }

    private static Consumer<Block.Builder> correction(long offsetMs, long stepMs) {
        return block -> block.setCorrection(
                ClockCorrection.newBuilder().setOffsetMs(offsetMs).setStepMs(stepMs));
    }
}
