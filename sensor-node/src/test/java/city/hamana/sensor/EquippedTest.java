package city.hamana.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.Counters;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Journal;
import city.hamana.link.JournalException;
import city.hamana.link.Role;
import city.hamana.link.Settings;
import city.hamana.messages.Dsse;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.Command;
import city.hamana.messages.v1.Equipment;
import city.hamana.messages.v1.Priority;
import city.hamana.messages.v1.SignAspect;
import city.hamana.messages.v1.SignReason;
import city.hamana.messages.v1.Status;
import city.hamana.sensor.device.FreePort;
import city.hamana.sensor.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node's parts together, with SIMULATED devices, while an underpass fills a hundred times as fast as it would. */
class EquippedTest {
    private static final long QUOTA = 1 << 24;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private final Instant start = Instant.now();
    private final DeviceIdentity identity =
            CertificateAuthority.root("Testopolis", start).identity("sn-1", Role.NODE, List.of(), start);
    private final Counters counters = new Counters();
    private final Outbox outbox = new Outbox(counters);
    private String clock;
    private int port;

    @BeforeEach
    void choose() throws IOException {
        port = FreePort.find();
        clock = """
                clock-real-origin=%s
                clock-city-origin=2026-09-05T12:00:00Z
                clock-speed=100
                story-since=2026-09-05T12:00:00Z
                story-dry-s=150
                story-rise-s=200
                story-stay-s=1000000
                """.formatted(Instant.now());
    }

    @Test
    void theRoadIsClosedWithoutAJournalOrAnybody() throws IOException {
        try (Simulator simulator = simulator();
                Equipped equipped = equipped(settings())) {
            Guard guard = equipped.guard().orElseThrow();
            assertEquals(1, simulator.lines());
            await(() -> guard.state().getAspect() == SignAspect.SIGN_ASPECT_CLOSED);
            assertEquals(SignReason.SIGN_REASON_LEVEL, guard.state().getReason());
            assertTrue(guard.state().getLevelMm() >= 100);
        }
    }

    @Test
    void aDeadGaugeIsShownAndTheOtherGoesOn() throws IOException {
        SensorSettings settings = settings();
        try (Equipped equipped = equipped(settings);
                Journal journal = journal(QUOTA);
                SensorNode node = node(settings, journal, equipped)) {
            await(() -> counters.of("line.open") >= 3
                    && equipped.guard().orElseThrow().state().getAspect() == SignAspect.SIGN_ASPECT_CLOSED);
            Status status = node.status().build();
            Equipment radar = status.getEquipmentList().stream()
                    .filter(e -> e.getId().equals("radar"))
                    .findFirst()
                    .orElseThrow();
            assertFalse(radar.getAnswers());
            assertEquals(List.of("silent"), radar.getConditionsList());
            assertEquals("SIMULATED", radar.getVendor());
            assertTrue(status.getCountersOrThrow("line.open") >= 3);
            assertEquals("road-1", status.getSign().getId());
            assertEquals(4, node.attached().size());
        }
    }

    @Test
    void whatIsMeasuredStandsInTheJournalAndWhatIsNewlyTheCaseIsAnAlarm() throws Exception {
        SensorSettings settings = settings();
        try (Simulator simulator = simulator();
                Equipped equipped = equipped(settings);
                Journal journal = journal(QUOTA);
                SensorNode node = node(settings, journal, equipped)) {
            assertEquals(1, simulator.lines());
            Guard guard = equipped.guard().orElseThrow();
            do {
                node.round();
            } while (guard.state().getAspect() != SignAspect.SIGN_ASPECT_CLOSED);
            node.round();
            List<Block> blocks = blocks(journal);
            assertTrue(blocks.stream().anyMatch(b -> b.getPriority() == Priority.PRIORITY_ALARM));
            assertTrue(blocks.stream().anyMatch(b -> b.getPriority() == Priority.PRIORITY_READING));
            Set<String> series = blocks.stream()
                    .flatMap(b -> SampleBlock.samples(b).stream())
                    .map(s -> s.meter() + " " + s.quantity().code())
                    .collect(Collectors.toSet());
            assertTrue(
                    series.containsAll(Set.of(
                            "road-1 level",
                            "road-1 float",
                            "road-1 sign",
                            "road-1 level-conditions",
                            "loop level",
                            "radar level",
                            "cl-1 free-chlorine",
                            "cl-1 analyser-conditions")),
                    series::toString);
        }
    }

    @Test
    void aFullJournalStopsNeitherTheSignNorLosesWhatWasMeasured() throws Exception {
        SensorSettings settings = settings();
        try (Simulator simulator = simulator();
                Equipped equipped = equipped(settings);
                Journal journal = journal(1);
                SensorNode node = node(settings, journal, equipped)) {
            assertEquals(1, simulator.lines());
            node.round();
            await(() -> equipped.guard().orElseThrow().state().getAspect() == SignAspect.SIGN_ASPECT_CLOSED);
            assertThrows(JournalException.class, node::round);
            journal.received(
                    journal.next(10, QUOTA).stream().map(Journal.Held::hash).toList());
            node.round();
            List<Sample> kept = blocks(journal).stream()
                    .flatMap(b -> SampleBlock.samples(b).stream())
                    .toList();
            assertTrue(kept.stream()
                    .anyMatch(s ->
                            s.quantity() == Quantity.SIGN && s.value() == SignAspect.SIGN_ASPECT_CLOSED.getNumber()));
        }
    }

    @Test
    void aCommandReachesTheSignAndItsOutcomeTheStatus() throws IOException {
        SensorSettings settings = settings();
        try (Simulator simulator = simulator();
                Equipped equipped = equipped(settings);
                Journal journal = journal(QUOTA);
                SensorNode node = node(settings, journal, equipped)) {
            assertEquals(1, simulator.lines());
            long now = settings.program().clock().now().toEpochMilli();
            node.command(Command.newBuilder()
                    .setNumber(3)
                    .setAspect(SignAspect.SIGN_ASPECT_CLOSED)
                    .setIssuedUnixMs(now)
                    .setExpiresUnixMs(now + 3_600_000)
                    .build());
            await(() -> node.status().getSign().getReason() == SignReason.SIGN_REASON_COMMAND
                    || node.status().getSign().getReason() == SignReason.SIGN_REASON_LEVEL);
            assertEquals(3, node.status().getSign().getCommand());
        }
    }

    private static void await(BooleanSupplier so) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "it did not come about");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private Simulator simulator() throws IOException {
        return Simulator.start(
                Settings.read(Files.writeString(dir.resolve("simulator.properties"), clock + "port=" + port + "\n")));
    }

    private Equipped equipped(SensorSettings settings) {
        return Equipped.start(settings, counters, outbox);
    }

    private SensorNode node(SensorSettings settings, Journal journal, Equipped equipped) {
        return new SensorNode(
                () -> identity, journal, settings, outbox, equipped.guard(), equipped.hanging(), counters);
    }

    private Journal journal(long quota) {
        return Journal.open(dir.resolve("journal.db"), "sn-1", new Journal.Options(quota, 0, ZoneOffset.UTC));
    }

    private static List<Block> blocks(Journal journal) {
        return new ArrayList<>(journal.next(10_000, QUOTA))
                .stream()
                        .map(held -> SampleBlock.parse(
                                Dsse.parse(held.envelope()).getPayload().toByteArray()))
                        .toList();
    }

    private SensorSettings settings() throws IOException {
        return SensorSettings.read(
                Settings.read(Files.writeString(dir.resolve("node.properties"), clock + """
                        identity-dir=id
                        gateway-address=ssl://localhost:8883
                        gateway-id=gw-1
                        clock-trusted=true
                        pi=mock
                        lines=bus
                        bus-address=tcp://127.0.0.1:%d
                        place=road-1
                        gauges=loop,radar
                        loop-driver=current
                        radar-driver=modbus
                        radar-line=bus
                        radar-mount-mm=4500
                        float-gpio=17
                        caution-gpio=5
                        closed-gpio=6
                        siren-gpio=13
                        analysers=cl-1
                        cl-1-line=bus
                        cl-1-unit=2
                        cl-1-values=free-chlorine
                        cl-1-time-register=11
                        """.formatted(port))));
    }
}
