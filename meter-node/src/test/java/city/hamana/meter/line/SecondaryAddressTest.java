package city.hamana.meter.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Counters;
import city.hamana.messages.v1.Equipment;
import city.hamana.meter.line.MeterBus.Limits;
import city.hamana.meter.line.MeterBus.Wire;
import city.hamana.meter.line.SecondarySearch.Found;
import city.hamana.meter.simulator.Fault;
import city.hamana.meter.simulator.SimulatedBus;
import city.hamana.meter.simulator.SimulatedStreet;
import city.hamana.meter.simulator.Simulator;
import city.hamana.meter.telegram.Telegram;
import city.hamana.meter.telegram.TelegramDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meters called by the address that their maker gave them, and told to talk faster. */
class SecondaryAddressTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T03:00:00Z"), ZoneOffset.UTC);
    private static final Limits PATIENT =
            new Limits(Duration.ofSeconds(10), Duration.ofSeconds(5), 0, Duration.ofMinutes(1));

    @TempDir
    Path dir;

    private final Counters counters = new Counters();
    private final Roster roster = new Roster(counters);
    private final TelegramDecoder decoder = new TelegramDecoder();

    @Test
    void aSelectionNamesNumberMakerVersionAndMedium() {
        MeterAddress.Secondary whole = MeterAddress.Secondary.of("12345678-HMN-01-07");
        assertArrayEquals(
                HexFormat.of().parseHex("680B0B6853FD52" + "78563412AE210107" + "8D16"), BusMaster.selection(whole));
        assertEquals(
                "78563412FFFFFFFF",
                HexFormat.of()
                        .withUpperCase()
                        .formatHex(MeterAddress.Secondary.of("12345678").octets()));
    }

    @Test
    void metersAreReadByTheirNumbersOneAfterTheOther() throws IOException {
        try (Simulator street = SimulatedStreet.start(dir, 3, 1, CLOCK, 3, Map.of());
                MeterBus bus = bus(wire(street), "00000001-HMN-01-07,00000004,2,00000005-HMN", PATIENT)) {
            List<Telegram> first = readout(bus);
            assertEquals(
                    Set.of("00000001", "00000004", "00000005"),
                    Set.copyOf(first.stream().map(Telegram::id).toList()));
            assertEquals(0, counters.of("line.timeout"));
        }
    }

    @Test
    void aReadoutOfSeveralTelegramsIsReadToItsEnd() throws IOException {
        for (String address : List.of("1", "00000001-HMN-01-07")) {
            try (Simulator street = SimulatedStreet.start(dir, 2, 1, CLOCK, 2, Map.of());
                    MeterBus bus = bus(wire(street), address, PATIENT)) {
                List<Telegram> telegrams = readout(bus);
                assertTrue(telegrams.size() <= 3, telegrams::toString);
                assertTrue(telegrams.get(telegrams.size() - 2).volume().isPresent());
                assertEquals(12, telegrams.getLast().records().size());
            }
        }
    }

    @Test
    void twoMetersWhoseReadoutsAreLongDoNotStopEachOther() throws IOException {
        try (Simulator street = SimulatedStreet.start(dir, 3, 1, CLOCK, 3, Map.of());
                MeterBus bus = bus(wire(street), "00000001,00000004,00000005", PATIENT)) {
            List<Telegram> telegrams = readout(bus);
            for (String id : List.of("00000001", "00000004", "00000005")) {
                assertTrue(telegrams.stream()
                        .anyMatch(t -> t.id().equals(id) && t.records().size() == 12));
            }
        }
    }

    @Test
    void aSearchFindsEveryMeterAndTellsItsWholeAddress() throws IOException {
        SimulatedBus meters = new SimulatedBus(dir, 12, CLOCK);
        Wire wire = new Wire(() -> new WireLine(meters), 2_400, OptionalInt.empty());
        List<Found> found = SecondarySearch.of(wire, PATIENT);
        assertEquals(12, found.size());
        assertEquals("00001001-HMN-01-07", found.getFirst().address());
        assertEquals("00001012-HMN-01-07", found.getLast().address());
        assertTrue(found.stream().allMatch(Found::alone));
    }

    @Test
    void aMeterThatAlwaysGarblesIsNamedAndTheOthersAreFound() throws IOException {
        SimulatedBus meters = new SimulatedBus(dir, 3, CLOCK);
        meters.fails(2, Fault.GARBLED);
        List<Found> found =
                SecondarySearch.of(new Wire(() -> new WireLine(meters), 2_400, OptionalInt.empty()), PATIENT);
        assertEquals(
                List.of("00001001-HMN-01-07", "00001002", "00001003-HMN-01-07"),
                found.stream().map(Found::address).toList());
        assertEquals(
                List.of(true, false, true), found.stream().map(Found::alone).toList());
    }

    @Test
    void metersAreToldToTalkFasterAndTheLineFollows() throws IOException {
        SimulatedBus meters = new SimulatedBus(dir, 3, CLOCK);
        WireLine line = new WireLine(meters);
        try (MeterBus bus = bus(new Wire(() -> line, 2_400, OptionalInt.of(9_600)), "1,00001002,3", PATIENT)) {
            assertEquals(3, readout(bus).size());
            assertEquals(9_600, line.baud);
        }
    }

    @Test
    void aMeterThatStaysAtItsRateIsReadAtThatRate() throws IOException {
        SimulatedBus meters = new SimulatedBus(dir, 2, CLOCK);
        meters.fails(1, Fault.KEEPS_BAUD);
        WireLine line = new WireLine(meters);
        Limits impatient = new Limits(Duration.ofMillis(1), Duration.ofMillis(1), 0, Duration.ZERO);
        try (MeterBus bus = bus(new Wire(() -> line, 2_400, OptionalInt.of(9_600)), "1,2", impatient)) {
            assertEquals(
                    List.of("00001002"), readout(bus).stream().map(Telegram::id).toList());
            assertEquals(1, counters.of("line.baud-refused"));
            assertEquals(2, readout(bus).size());
        }
    }

    @Test
    void eachFaultIsCountedAtItsMeterAndStopsNoOther() throws IOException {
        Map<Fault, String> names = Map.of(
                Fault.SILENT, "line.timeout",
                Fault.CUT, "telegram.truncated",
                Fault.GARBLED, "telegram.checksum",
                Fault.WRONG_CHECKSUM, "telegram.checksum",
                Fault.ENDLESS, "telegram.too-long",
                Fault.ANSWERS_FOR_ANOTHER, "telegram.wrong-address");
        for (Fault fault : names.keySet()) {
            for (String addresses : List.of("1,2,3", "00001001,00001002-HMN-01-07,00001003")) {
                assertFault(fault, names.get(fault), addresses);
            }
        }
    }

    @Test
    void anAnswerThatComesTwiceIsReadOnce() throws IOException {
        SimulatedBus meters = new SimulatedBus(dir, 2, CLOCK);
        meters.fails(1, Fault.DOUBLED);
        try (MeterBus bus =
                bus(new Wire(() -> new WireLine(meters), 2_400, OptionalInt.empty()), "1,2,00001001", PATIENT)) {
            assertEquals(3, readout(bus).size());
        }
    }

    private void assertFault(Fault fault, String name, String addresses) throws IOException {
        SimulatedBus meters = new SimulatedBus(dir, 3, CLOCK);
        meters.fails(2, fault);
        Roster own = new Roster(new Counters());
        Wire wire = new Wire(() -> new WireLine(meters), 2_400, OptionalInt.empty());
        try (MeterBus bus = new MeterBus(
                "cellar", MeterAddress.list(addresses), wire, PATIENT, Schedule.always(CLOCK), own, CLOCK)) {
            assertEquals(
                    List.of("00001001", "00001003"),
                    readout(bus).stream().map(Telegram::id).toList());
        }
        Equipment bad = own.report().getFirst();
        assertEquals(1, own.report().size(), addresses + own.report());
        assertEquals("cellar " + MeterAddress.list(addresses).get(1).text(), bad.getLine());
        assertEquals(false, bad.getAnswers());
        assertEquals(Set.of(name), bad.getFaultsMap().keySet(), fault + " " + addresses);
    }

    /** All telegrams of one round, asked for until nobody has more to tell. */
    private List<Telegram> readout(MeterBus bus) {
        List<Telegram> telegrams = new ArrayList<>();
        boolean more = true;
        for (int poll = 0; more && poll < 50; poll++) {
            Set<Received> unfinished = new HashSet<>();
            for (Received received : bus.poll()) {
                Telegram telegram = (Telegram) decoder.decode(received.bytes());
                telegrams.add(telegram);
                if (telegram.moreFollows()) {
                    unfinished.add(received);
                }
            }
            bus.acknowledge(unfinished);
            more = !unfinished.isEmpty() || bus.waiting();
        }
        return telegrams;
    }

    private MeterBus bus(Wire wire, String addresses, Limits limits) {
        return new MeterBus(
                "cellar", MeterAddress.list(addresses), wire, limits, Schedule.always(CLOCK), roster, CLOCK);
    }

    private static Wire wire(Simulator street) {
        return Wire.tcp(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), street.ports().getFirst()));
    }

    /** A line straight to the simulator, whose rate both ends know. */
    private static final class WireLine implements Line {
        private final SimulatedBus meters;
        private byte[] heard = {};
        private int position;
        private int baud = 2_400;

        WireLine(SimulatedBus meters) {
            this.meters = meters;
        }

        @Override
        public void send(byte[] frame) throws IOException {
            heard = meters.after(frame, baud);
            position = 0;
        }

        @Override
        public int read(Duration within) {
            return position < heard.length ? heard[position++] & 0xFF : -1;
        }

        @Override
        public void baud(int rate) {
            baud = rate;
        }

        @Override
        public void drain() {
            position = heard.length;
        }

        @Override
        public void close() {}
    }
}
