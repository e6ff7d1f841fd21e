package city.hamana.meter.pulse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import city.hamana.link.Counters;
import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.meter.line.Roster;
import city.hamana.meter.line.Schedule;
import city.hamana.meter.simulator.SimulatedPins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulse meters at Pi4J's own mock of the pins. */
class PulseMeterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Schedule HOURLY = new Schedule(Duration.ofHours(1), Duration.ZERO, CLOCK);
    private static final PulseMeter.Options OPTIONS =
            new PulseMeter.Options("garden", 17, "kosai-0017", 10_000, 123_456_000, Duration.ofMillis(1));

    @TempDir
    Path dir;

    private final Counters counters = new Counters();
    private final Roster roster = new Roster(counters);

    @Test
    void theRegisterIsTheStartAndWhatWasCountedSince() {
        try (SimulatedPins pins = SimulatedPins.still();
                PulseMeter meter = open(pins, HOURLY)) {
            shut(pins, meter, 123_466_000);
            shut(pins, meter, 123_476_000);
            Sample sample = meter.poll(NOW, true).orElseThrow();
            assertEquals(new Sample("kosai-0017", Quantity.VOLUME, NOW, 123_476_000, -6, 0), sample);
            assertEquals("SIMULATED", pins.maker());
        }
    }

    @Test
    void aCountGoesOnWhereAKilledProgramLeftIt() {
        try (SimulatedPins pins = SimulatedPins.still()) {
            PulseMeter killed = open(pins, HOURLY);
            shut(pins, killed, 123_466_000);
            try (SimulatedPins others = SimulatedPins.still();
                    PulseMeter again = open(others, HOURLY)) {
                assertEquals(123_466_000, again.register());
            }
        }
    }

    @Test
    void aReadingComesAgainUntilItIsKeptAndThenNotBeforeTheNextHour() {
        try (SimulatedPins pins = SimulatedPins.still();
                PulseMeter meter = open(pins, HOURLY)) {
            assertTrue(meter.poll(NOW, true).isPresent());
            assertTrue(meter.poll(NOW, true).isPresent());
            meter.kept();
            assertEquals(Optional.empty(), meter.poll(NOW, true));
        }
    }

    @Test
    void whileTheClockIsNotSetTheReadingSaysSo() {
        try (SimulatedPins pins = SimulatedPins.still();
                PulseMeter meter = open(pins, HOURLY)) {
            assertEquals(
                    Quality.CLOCK_UNKNOWN, meter.poll(NOW, false).orElseThrow().flags());
        }
    }

    @Test
    void aPinThatCannotBeHadIsToldOfAndStopsNoOther() {
        PulseMeter.Wiring broken = new PulseMeter.Wiring() {
            @Override
            public Contact connect(PulseMeter.Options options, Contact.Changes changes) {
                throw PinException.of(options.pin(), new IllegalStateException("no such chip"));
            }

            @Override
            public String maker() {
                return "";
            }
        };
        assertEquals(Optional.empty(), PulseMeter.open(OPTIONS, dir, broken, HOURLY, roster));
        assertEquals(1, counters.of("pulse.open"));
        assertEquals("kosai-0017", roster.report().getFirst().getId());
        assertEquals(false, roster.report().getFirst().getAnswers());
    }

    @Test
    void aMachineWithoutPinsSaysSo() {
        assumeFalse(Files.exists(Path.of("/dev/gpiochip0")), "this machine has pins");
        try (Pi4jWiring wiring = Pi4jWiring.ofThisMachine()) {
            assertThrows(PinException.class, () -> wiring.connect(OPTIONS, (shut, nanos) -> {}));
        }
    }

    @Test
    void aCountThatIsLostIsToldOfAndStopsNoOther() throws IOException {
        Files.write(dir.resolve("kosai-0017.pulses"), new byte[64]);
        try (SimulatedPins pins = SimulatedPins.still()) {
            assertEquals(Optional.empty(), PulseMeter.open(OPTIONS, dir, pins, HOURLY, roster));
        }
        assertEquals(1, counters.of("pulse.store"));
        assertEquals(64, Files.size(dir.resolve("kosai-0017.pulses")));
    }

    @Test
    void simulatedWaterRunsByItself() {
        try (SimulatedPins pins = SimulatedPins.running(Duration.ofMillis(40));
                PulseMeter meter = open(pins, HOURLY)) {
            await(meter, OPTIONS.startMillilitres() + 3 * OPTIONS.millilitresPerPulse());
        }
    }

    private PulseMeter open(SimulatedPins pins, Schedule schedule) {
        return PulseMeter.open(OPTIONS, dir, pins, schedule, roster).orElseThrow();
    }

    /** Shuts the contact until it has counted, and opens it until that has lasted. */
    private static void shut(SimulatedPins pins, PulseMeter meter, long register) {
        pins.contact(OPTIONS.pin(), true);
        await(meter, register);
        pins.contact(OPTIONS.pin(), false);
        long opened = System.nanoTime();
        while (System.nanoTime() - opened < 2 * OPTIONS.debounce().toNanos()) {
            Thread.onSpinWait();
        }
    }

    private static void await(PulseMeter meter, long register) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (meter.register() < register) {
            meter.poll(NOW, true);
            assertTrue(System.nanoTime() - until < 0, "the register stays at " + meter.register());
        }
    }
}
