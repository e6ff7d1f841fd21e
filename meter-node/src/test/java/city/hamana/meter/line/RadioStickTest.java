package city.hamana.meter.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Counters;
import city.hamana.meter.line.MeterBus.Limits;
import city.hamana.meter.line.RadioStick.Mode;
import city.hamana.meter.simulator.Fault;
import city.hamana.meter.simulator.RadioMeter;
import city.hamana.meter.simulator.SimulatedStick;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stick at a real pseudo-terminal, which needs the program socat. */
class RadioStickTest {
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(1), Duration.ofSeconds(2), 0, Duration.ofMillis(50));

    @TempDir
    Path dir;

    private final Counters counters = new Counters();
    private final Roster roster = new Roster(counters);
    private final RadioMeter meter = new RadioMeter(201);
    private Path port;

    @BeforeEach
    void nameThePort() {
        port = dir.resolve("radio");
    }

    @Test
    void theStickIsSetToItsModeAndTelegramsOfOursAreKept() throws IOException {
        try (SimulatedStick stick = SimulatedStick.at(port);
                RadioStick radio = radio(Mode.C1_A)) {
            radio.poll();
            await(() -> stick.mode() == 6);
            stick.hears(new RadioMeter(299).telegram(5, 0));
            stick.hears(meter.telegram(17, 0));
            Received received = first(radio);
            assertEquals(new Roster.Place("air", "hmn-00000201"), received.from());
            assertEquals(received.bytes().length - 1, received.bytes()[0]);
            assertEquals(1, counters.of("radio.foreign"));
            assertEquals(1, counters.of("telegram.received"));
        }
    }

    @Test
    void aTelegramComesAgainUntilItIsAcknowledged() throws IOException {
        try (SimulatedStick stick = SimulatedStick.at(port);
                RadioStick radio = radio(Mode.T1)) {
            radio.poll();
            stick.hears(meter.telegram(17, 0));
            assertEquals(first(radio), radio.poll().getFirst());
            radio.acknowledge(Set.of());
            assertEquals(List.of(), radio.poll());
        }
    }

    @Test
    void whatARepeaterSendsAgainIsDroppedAndWhatTheMeterSaysAnewIsNot() throws IOException {
        byte[] telegram = meter.telegram(17, 0);
        byte[] repeated = telegram.clone();
        // From the C field on: the lowest bits of the configuration field count hops.
        repeated[12] |= 1;
        try (SimulatedStick stick = SimulatedStick.at(port);
                RadioStick radio = radio(Mode.T1)) {
            radio.poll();
            stick.hears(telegram);
            stick.hears(repeated);
            stick.hears(meter.telegram(17, 0));
            await(() -> radio.poll().size() == 2);
            assertEquals(1, counters.of("radio.duplicate"));
        }
    }

    @Test
    void eachFaultIsCountedAndTheNextTelegramIsHeard() throws IOException {
        Map<Fault, String> names = Map.of(
                Fault.CUT, "radio.checksum",
                Fault.DOUBLED, "radio.duplicate",
                Fault.GARBLED, "radio.checksum",
                Fault.WRONG_CHECKSUM, "radio.checksum",
                Fault.ENDLESS, "radio.garbage");
        for (Fault fault : names.keySet()) {
            try (SimulatedStick stick = SimulatedStick.at(port);
                    RadioStick radio = radio(Mode.T1)) {
                radio.poll();
                long before = counters.of(names.get(fault));
                long received = counters.of("telegram.received");
                stick.hears(meter.telegram(17, 0), fault);
                for (int i = 0; i < 5; i++) {
                    stick.hears(meter.telegram(18 + i, 0));
                }
                await(() -> counters.of("telegram.received") >= received + 5);
                assertTrue(counters.of(names.get(fault)) > before, fault::name);
            }
        }
    }

    @Test
    void aStickThatTakesNoModeIsCounted() throws IOException {
        try (SimulatedStick stick = SimulatedStick.unwilling(port);
                RadioStick radio = radio(Mode.T1)) {
            radio.poll();
            await(() -> counters.of("radio.not-configured") > 0);
            assertEquals(-1, stick.mode());
        }
    }

    @Test
    void aPortThatIsNotThereIsTriedAgainUntilItIs() throws IOException {
        try (RadioStick radio = radio(Mode.T1)) {
            radio.poll();
            await(() -> counters.of("line.open") > 1);
            try (SimulatedStick stick = SimulatedStick.at(port)) {
                stick.hears(meter.telegram(17, 0));
                assertEquals("air", first(radio).line());
            }
        }
    }

    @Test
    void aMeterOfOursThatWasNeverHeardIsToldOf() throws IOException {
        try (RadioStick radio = radio(Mode.T1)) {
            assertEquals("air", radio.name());
            assertEquals("air hmn-00000201", roster.report().getFirst().getLine());
            assertEquals(false, roster.report().getFirst().getAnswers());
        }
    }

    @Test
    void aMeterThatIsHeardNoMoreIsToldOfAfterADay() throws IOException {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T03:00:00Z"));
        InstantSource source = now::get;
        Clock clock = source.withZone(ZoneOffset.UTC);
        try (SimulatedStick stick = SimulatedStick.at(port);
                RadioStick radio = radio(Mode.T1, clock)) {
            radio.poll();
            stick.hears(meter.telegram(17, 0));
            first(radio);
            assertEquals(List.of(), roster.report());
            now.set(now.get().plus(Duration.ofHours(26)));
            radio.poll();
            assertEquals(false, roster.report().getFirst().getAnswers());
        }
    }

    private RadioStick radio(Mode mode) {
        return radio(mode, Clock.systemUTC());
    }

    private RadioStick radio(Mode mode, Clock clock) {
        return RadioStick.serial("air", port, mode, Set.of(meter.name()), LIMITS, roster, clock);
    }

    private static Received first(RadioStick radio) {
        List<Received> heard = new ArrayList<>();
        await(() -> {
            heard.addAll(radio.poll());
            return !heard.isEmpty();
        });
        return heard.getFirst();
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - until < 0, "what was waited for did not come");
            Thread.onSpinWait();
        }
    }
}
