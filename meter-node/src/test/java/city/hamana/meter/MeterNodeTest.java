package city.hamana.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.ClockWatch;
import city.hamana.link.Counters;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Journal;
import city.hamana.link.JournalException;
import city.hamana.link.Role;
import city.hamana.messages.Condition;
import city.hamana.messages.Dsse;
import city.hamana.messages.MeterAlarm;
import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.Equipment;
import city.hamana.messages.v1.Priority;
import city.hamana.meter.line.MeterAddress;
import city.hamana.meter.line.MeterBus;
import city.hamana.meter.line.MeterBus.Limits;
import city.hamana.meter.line.MeterBus.Wire;
import city.hamana.meter.line.RadioStick;
import city.hamana.meter.line.Replay;
import city.hamana.meter.line.Roster;
import city.hamana.meter.line.Schedule;
import city.hamana.meter.line.Source;
import city.hamana.meter.simulator.Fault;
import city.hamana.meter.simulator.RadioMeter;
import city.hamana.meter.simulator.SimulatedStick;
import city.hamana.meter.simulator.SimulatedStreet;
import city.hamana.meter.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterNodeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final DeviceIdentity NODE =
            CertificateAuthority.root("Testopolis", NOW).identity("mn-0001", Role.NODE, List.of(), NOW);
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(10), Duration.ofSeconds(5), 1, Duration.ofMinutes(1));
    private static final Limits BRIEF =
            new Limits(Duration.ofSeconds(2), Duration.ofMillis(200), 1, Duration.ofMinutes(1));
    private static final long QUOTA = 1 << 24;

    @TempDir
    Path dir;

    private final Counters counters = new Counters();
    private final Roster roster = new Roster(counters);
    private Simulator street;

    @BeforeEach
    void startStreet() throws IOException {
        street = SimulatedStreet.start(dir.resolve("memory"), 3, 1, CLOCK);
    }

    @AfterEach
    void stopStreet() {
        street.close();
    }

    @Test
    void readingsAreKeptOnceAndInOrderThoughTheNodeDiesAgainAndAgain() throws IOException {
        for (int life = 0; life < 5; life++) {
            try (Journal journal = journal(QUOTA);
                    MeterNode node = node(journal, bus())) {
                for (int round = 0; round < 10; round++) {
                    assertTrue(node.tick());
                }
                // The last telegrams are kept but the next request, which would tell the meters so, never comes.
            }
        }
        List<Long> expected = SimulatedStreet.litres("H01").subList(0, 46);
        assertEquals(expected, volumes("hmn-00000001"));
    }

    @Test
    void whatTheJournalDoesNotTakeStaysInTheMeter() throws IOException {
        try (Journal journal = journal(1)) {
            try (MeterNode node = node(journal, bus())) {
                assertTrue(node.tick());
                assertThrows(JournalException.class, node::tick);
                assertThrows(JournalException.class, node::tick);
                journal.received(
                        journal.next(10, QUOTA).stream().map(Journal.Held::hash).toList());
                assertTrue(node.tick());
            }
        }
        assertEquals(List.of(SimulatedStreet.litres("H01").get(1)), volumes("hmn-00000001"));
    }

    @Test
    void aSampleCarriesTheMetersOwnTimeAndLitres() throws IOException {
        try (Journal journal = journal(QUOTA);
                MeterNode node = node(journal, bus())) {
            node.tick();
        }
        Sample sample = samples().getFirst();
        assertEquals("hmn-00000001", sample.meter());
        assertEquals(Quantity.VOLUME, sample.quantity());
        assertEquals(-3, sample.exponent());
        assertEquals(Quality.METER_TIME, sample.flags());
        // 2016-10-14T00:10:35Z and 514 weeks: ninety days of backlog that end within the week before now.
        assertEquals(Instant.parse("2026-08-21T00:10:35Z"), sample.at());
    }

    @Test
    void aTelegramThatCannotBeDecodedIsCarriedOnWithItsReason() throws IOException {
        Path file = dir.resolve("heard.txt");
        Files.writeString(file, "1044AE2178563412010778041389E20100\n0C44AE21785634120107A00102\n");
        try (Journal journal = journal(QUOTA);
                MeterNode node = node(journal, Replay.of("radio", file, roster, CLOCK))) {
            assertFalse(node.tick());
            assertTrue(node.attached().getFirst().getConnected());
            assertEquals(1, node.status().getCountersOrThrow("telegram.decoded"));
        }
        Block block = blocks().getFirst();
        assertEquals("radio", block.getUndecoded(0).getLine());
        assertTrue(block.getUndecoded(0).getError().startsWith("manufacturer-specific: "));
        assertEquals(123_529, SampleBlock.samples(block).getFirst().value());
    }

    @Test
    void aMeterWithNothingNewMakesNoBlock() throws IOException {
        street.close();
        Instant secondDay = Instant.parse("2026-08-22T00:00:00Z");
        street = SimulatedStreet.start(dir.resolve("memory"), 3, 1, Clock.fixed(secondDay, ZoneOffset.UTC));
        try (Journal journal = journal(QUOTA);
                MeterNode node = node(journal, bus())) {
            while (node.tick()) {
                assertTrue(journal.waiting().blocks() < 30);
            }
            long blocks = journal.waiting().blocks();
            node.tick();
            node.tick();
            assertEquals(blocks, journal.waiting().blocks());
        }
    }

    @Test
    void whatAMeterWarnsOfGoesBeforeTheReadingsOnceAndStandsInTheStatus() throws IOException {
        street.close();
        street = SimulatedStreet.start(dir.resolve("memory"), 3, 1, CLOCK, 3, Map.of(2, Fault.WRONG_CHECKSUM));
        try (Journal journal = journal(QUOTA);
                MeterNode node = node(journal, bus(BRIEF))) {
            while (node.tick()) {
                assertTrue(journal.waiting().blocks() < 30);
            }
            node.tick();
            Map<String, Equipment> equipment =
                    node.status().getEquipmentList().stream().collect(Collectors.toMap(Equipment::getId, e -> e));
            assertEquals(Set.of("hmn-00000001", "cellar-2", "hmn-00000005"), equipment.keySet());
            assertEquals(List.of("leak-1"), equipment.get("hmn-00000001").getConditionsList());
            assertEquals("HMN", equipment.get("hmn-00000005").getVendor());
            assertEquals("cellar 2", equipment.get("cellar-2").getLine());
            assertFalse(equipment.get("cellar-2").getAnswers());
            assertEquals(2, equipment.get("cellar-2").getFaultsOrThrow("telegram.checksum"));
        }
        List<Priority> priorities = blocks().stream().map(Block::getPriority).toList();
        assertEquals(Priority.PRIORITY_ALARM, priorities.getFirst());
        assertEquals(
                1, priorities.stream().filter(Priority.PRIORITY_ALARM::equals).count());
        Sample alarms = samples().stream()
                .filter(s -> s.quantity() == Quantity.METER_ALARMS)
                .findFirst()
                .orElseThrow();
        assertEquals(Condition.bits(List.of(MeterAlarm.LEAK_1)), alarms.value());
    }

    @Test
    void aMeterWithADataLoggerWarnsToo() throws IOException {
        street.close();
        street = SimulatedStreet.start(dir.resolve("memory"), 3, 1, CLOCK, 0, Map.of());
        try (Journal journal = journal(QUOTA);
                MeterNode node = node(journal, bus())) {
            node.tick();
            node.tick();
        }
        assertEquals(
                List.of(Priority.PRIORITY_ALARM, Priority.PRIORITY_READING),
                blocks().stream().map(Block::getPriority).toList());
    }

    @Test
    void ofWhatARadioMeterTellsAgainAndAgainOneReadingIsKeptInATurnAndEveryNewWarning() throws IOException {
        RadioMeter meter = new RadioMeter(201);
        Path port = dir.resolve("radio");
        try (SimulatedStick stick = SimulatedStick.at(port);
                Journal journal = journal(QUOTA);
                MeterNode node = radioNode(journal, port, meter)) {
            heard(node, stick, meter.telegram(1_000, 0), "telegram.decoded", 1);
            heard(node, stick, meter.telegram(1_001, 0), "telegram.decoded", 2);
            heard(node, stick, meter.telegram(1_002, 1), "telegram.decoded", 3);
            heard(node, stick, meter.telegram(1_003, 1), "telegram.decoded", 4);
        }
        assertEquals(List.of(1_000L), volumes(meter.name()));
        assertEquals(
                List.of(0L, 1L),
                samples().stream()
                        .filter(s -> s.quantity() == Quantity.METER_ALARMS)
                        .map(Sample::value)
                        .sorted()
                        .toList());
    }

    @Test
    void aTelegramThatDoesNotOpenIsCountedAtItsMeterAndCarriedOnOnceInATurn() throws IOException {
        RadioMeter meter = new RadioMeter(201, new byte[16]);
        Path port = dir.resolve("radio");
        try (SimulatedStick stick = SimulatedStick.at(port);
                Journal journal = journal(QUOTA);
                MeterNode node = radioNode(journal, port, meter)) {
            heard(node, stick, meter.telegram(1_000, 0), "telegram.wrong-key", 1);
            heard(node, stick, meter.telegram(1_001, 0), "telegram.wrong-key", 2);
            Equipment told = node.status().getEquipment(0);
            assertEquals("air hmn-00000201", told.getLine());
            assertEquals(2, told.getFaultsOrThrow("telegram.wrong-key"));
        }
        assertEquals(1, blocks().stream().mapToInt(Block::getUndecodedCount).sum());
    }

    /** Hears one meter, whose key is the one of its number. */
    private MeterNode radioNode(Journal journal, Path port, RadioMeter meter) {
        MeterKeys.Place place = new MeterKeys.Place(dir.resolve("keys"), dir.resolve("secret"));
        MeterKeys.put(place, meter.name(), HexFormat.of().parseHex("00000201".repeat(4)));
        Source stick = RadioStick.serial("air", port, RadioStick.Mode.T1, Set.of(meter.name()), LIMITS, roster, CLOCK);
        Schedule hourly = new Schedule(Duration.ofHours(1), Duration.ZERO, CLOCK);
        return new MeterNode(
                () -> NODE,
                journal,
                List.of(stick),
                new ClockWatch(CLOCK, true, dir.resolve("none")),
                SimulatedStreet.ZONE,
                Duration.ZERO,
                1 << 20,
                new MeterNode.Reads(hourly, MeterKeys.open(place), List.of(), counters, roster));
    }

    private void heard(MeterNode node, SimulatedStick stick, byte[] telegram, String counter, int total) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        stick.hears(telegram);
        while (counters.of(counter) < total) {
            node.tick();
            assertTrue(System.nanoTime() - until < 0, "the telegram was not heard");
        }
    }

    private Source bus() {
        return bus(LIMITS);
    }

    private Source bus(Limits limits) {
        InetSocketAddress converter = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), street.ports().getFirst());
        return new MeterBus(
                "cellar", MeterAddress.list("1-3"), Wire.tcp(converter), limits, Schedule.always(CLOCK), roster, CLOCK);
    }

    private MeterNode node(Journal journal, Source source) {
        ClockWatch watch = new ClockWatch(CLOCK, true, dir.resolve("none"));
        MeterNode.Reads reads =
                new MeterNode.Reads(Schedule.always(CLOCK), MeterKeys.none(), List.of(), counters, roster);
        return new MeterNode(
                () -> NODE, journal, List.of(source), watch, SimulatedStreet.ZONE, Duration.ZERO, 1 << 20, reads);
    }

    private Journal journal(long quota) {
        return Journal.open(dir.resolve("journal.db"), "mn-0001", new Journal.Options(quota, 0, SimulatedStreet.ZONE));
    }

    private List<Long> volumes(String meter) {
        return samples().stream()
                .filter(s -> s.meter().equals(meter) && s.quantity() == Quantity.VOLUME)
                .distinct()
                .map(Sample::value)
                .toList();
    }

    private List<Sample> samples() {
        return blocks().stream().flatMap(b -> SampleBlock.samples(b).stream()).toList();
    }

    private List<Block> blocks() {
        try (Journal journal = journal(QUOTA)) {
            return journal.next(10_000, QUOTA).stream()
                    .map(held -> SampleBlock.parse(
                            Dsse.parse(held.envelope()).getPayload().toByteArray()))
                    .toList();
        }
    }
}
