package city.hamana.meter.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Counters;
import city.hamana.meter.line.MeterBus.Limits;
import city.hamana.meter.line.MeterBus.Wire;
import city.hamana.meter.simulator.SimulatedStreet;
import city.hamana.meter.simulator.Simulator;
import city.hamana.meter.telegram.Telegram;
import city.hamana.meter.telegram.TelegramDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterBusTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T03:00:00Z"), ZoneOffset.UTC);
    /** Long enough for a busy machine; only a test in which something stays silent waits for it. */
    private static final Limits PATIENT =
            new Limits(Duration.ofSeconds(10), Duration.ofSeconds(5), 1, Duration.ofMinutes(1));

    private static final Limits BRIEF =
            new Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, Duration.ofMinutes(1));

    @TempDir
    Path dir;

    private final Counters counters = new Counters();
    private final Roster roster = new Roster(counters);

    @Test
    void aSecondReadWithoutAcknowledgementRepeatsTheTelegram() throws IOException {
        try (Simulator street = street();
                MeterBus bus = bus(street.ports().getFirst(), "1,2")) {
            List<Received> first = bus.poll();
            List<Received> second = bus.poll();
            assertEquals(2, first.size());
            assertArrayEquals(first.get(0).bytes(), second.get(0).bytes());
            bus.acknowledge(Set.of());
            assertFalse(Arrays.equals(first.get(0).bytes(), bus.poll().get(0).bytes()));
        }
    }

    @Test
    void aRepeatedTelegramIsAsOldAsItWasTheFirstTime() throws IOException {
        Clock ticking = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
        try (Simulator street = street();
                MeterBus bus = bus(Wire.tcp(converter(street.ports().getFirst())), "1", PATIENT, ticking)) {
            Instant first = bus.poll().getFirst().at();
            assertEquals(first, bus.poll().getFirst().at());
            bus.acknowledge(Set.of());
            assertTrue(bus.poll().getFirst().at().isAfter(first));
        }
    }

    @Test
    void aMasterThatStartsAnewGetsWhatWasNotAcknowledged() throws IOException {
        try (Simulator street = street()) {
            for (int start = 0; start < 3; start++) {
                try (MeterBus bus = bus(street.ports().getFirst(), "1")) {
                    assertEquals(litres(0), litres(bus.poll().getFirst()));
                }
            }
        }
    }

    @Test
    void everyLoggedReadingArrivesOnceAndInOrder() throws IOException {
        List<Long> read = new ArrayList<>();
        try (Simulator street = street();
                MeterBus bus = bus(street.ports().getFirst(), "1")) {
            for (int i = 0; i < 200; i++) {
                read.add(litres(bus.poll().getFirst()));
                bus.acknowledge(Set.of());
            }
        }
        assertEquals(SimulatedStreet.litres("H01").subList(0, 200), read);
    }

    @Test
    void aMeterThatIsNotThereIsCountedAndLeftAloneForAWhile() throws IOException {
        try (Simulator street = street();
                MeterBus bus = bus(street.ports().getFirst(), "9", BRIEF)) {
            assertTrue(bus.poll().isEmpty());
            assertEquals(2, counters.of("line.timeout"));
            assertEquals(1, counters.of("line.retry"));
            bus.poll();
            assertEquals(2, counters.of("line.timeout"));
        }
    }

    @Test
    void aPortThatNobodyServesIsCounted() throws IOException {
        // Bound but not listening: refused for certain, and nobody else can take it meanwhile.
        try (Socket held = new Socket()) {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (MeterBus bus = bus(held.getLocalPort(), "1")) {
                assertTrue(bus.poll().isEmpty());
                assertEquals(1, counters.of("line.open"));
            }
        }
    }

    @Test
    void aSerialLineIsReadLikeATcpLine() throws IOException, InterruptedException {
        try (Simulator street = street()) {
            Path pty = dir.resolve("meter-bus");
            Process socat = new ProcessBuilder(
                            "socat",
                            "pty,raw,echo=0,link=" + pty,
                            "tcp:127.0.0.1:" + street.ports().getFirst())
                    .inheritIO()
                    .start();
            try {
                waitFor(pty);
                try (MeterBus bus = bus(Wire.serial(pty, 2_400, OptionalInt.empty()), "1", PATIENT, CLOCK)) {
                    assertEquals(litres(0), litres(bus.poll().getFirst()));
                }
            } finally {
                socat.destroy();
                socat.waitFor(5, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aReplayedTelegramComesAgainUntilItIsAcknowledged() throws IOException {
        Path file = dir.resolve("heard.txt");
        Files.writeString(file, "# heard\n2026-11-20T10:00:00Z 1044AE2178563412010778041389E20100\nnonsense\n");
        Replay replay = Replay.of("radio", file, roster, CLOCK);
        assertEquals(
                Instant.parse("2026-11-20T10:00:00Z"), replay.poll().getFirst().at());
        assertEquals(1, replay.poll().size());
        replay.acknowledge(Set.of());
        assertTrue(replay.poll().isEmpty());
        assertEquals(1, counters.of("telegram.not-hex"));
    }

    private Simulator street() throws IOException {
        return SimulatedStreet.start(dir.resolve("memory"), 2, 1, CLOCK);
    }

    private MeterBus bus(int port, String addresses) {
        return bus(port, addresses, PATIENT);
    }

    private MeterBus bus(int port, String addresses, Limits limits) {
        return bus(Wire.tcp(converter(port)), addresses, limits, CLOCK);
    }

    private MeterBus bus(Wire wire, String addresses, Limits limits, Clock clock) {
        return new MeterBus(
                "cellar", MeterAddress.list(addresses), wire, limits, Schedule.always(clock), roster, clock);
    }

    private static InetSocketAddress converter(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static long litres(int place) {
        return SimulatedStreet.litres("H01").get(place);
    }

    private static long litres(Received received) {
        Telegram telegram = (Telegram) new TelegramDecoder().decode(received.bytes());
        return telegram.volume().orElseThrow().movePointRight(3).longValueExact();
    }

    private static void waitFor(Path path) throws InterruptedException {
        for (int i = 0; i < 200 && !Files.exists(path); i++) {
            Thread.sleep(20);
        }
        assertTrue(Files.exists(path));
    }
}
