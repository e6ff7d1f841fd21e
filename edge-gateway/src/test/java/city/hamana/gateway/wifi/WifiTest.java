package city.hamana.gateway.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.gateway.simulator.Simulator;
import city.hamana.link.ClockWatch;
import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.v1.Equipment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds over simulated access points on real UDP: which samples come of them, and what the status says. */
class WifiTest {
    private static final Path NEVER_TOUCHED = Path.of("/nonexistent/synchronised");

    @TempDir
    Path dir;

    private final List<Wifi> started = new ArrayList<>();
    private final BlockingQueue<List<Sample>> kept = new LinkedBlockingQueue<>();

    @Test
    void aRoundBringsClientsOctetsAndUptimeOfTheDeviceItsRadiosAndItsSsids() throws Exception {
        try (Simulator agent = new Site(dir).playing(VendorsTest.madeUp("unifi"))) {
            start(agent);
            List<String> said = new ArrayList<>();
            round(samples -> true)
                    .forEach(s -> said.add(s.meter() + " " + s.quantity().code() + " " + s.value()));
            assertTrue(said.containsAll(List.of(
                    "ap-hall up 1",
                    "ap-hall clients 11",
                    "ap-hall octets-in 0",
                    "ap-hall octets-out 0",
                    "ap-hall uptime 3600",
                    "ap-hall_radio-na clients 8",
                    "ap-hall_radio-ng clients 3",
                    "ap-hall_radio-ng octets-in 0",
                    "ap-hall_ssid-city clients 9",
                    "ap-hall_ssid-staff clients 2")));
        }
    }

    @Test
    void aDeadAccessPointIsDownAndTheOthersAreReadAllTheSame() throws Exception {
        try (Simulator agent = new Site(dir).simulator("")) {
            WifiSettings settings = new Site(dir)
                    .settings("""
                    access-points=dead,hall
                    dead-address=udp://127.0.0.1:9
                    dead-version=2c
                    hall-address=udp://127.0.0.1:%d
                    hall-version=2c
                    snmp-timeout-ms=1000
                    snmp-poll-every-ms=100
                    """.formatted(agent.ports().getFirst()), "dead-community=x\nhall-community=SIMULATED\n");
            Wifi wifi = start(settings, trusted());
            List<Sample> round =
                    round(samples -> samples.stream().anyMatch(s -> s.meter().equals("ap-dead")));
            assertEquals(0, value(round, "ap-dead", Quantity.UP));
            assertEquals(1, value(round, "ap-hall", Quantity.UP));
            assertFalse(round.stream().anyMatch(s -> s.meter().equals("ap-dead") && s.quantity() != Quantity.UP));
            assertTrue(wifi.faults().get("snmp.timeout") >= 1);
            Equipment dead = wifi.equipment().getFirst();
            assertEquals("ap-dead false", dead.getId() + " " + dead.getAnswers());
            assertTrue(dead.getFaultsMap().containsKey("snmp.timeout"));
        }
    }

    @Test
    void theStatusTellsDevicesFirstThenAccessPointsOfControllersThenRadiosAndSsids() throws Exception {
        try (Simulator agent = new Site(dir).simulator("hall-capture=controller")) {
            Wifi wifi = start(agent);
            round(samples -> true);
            List<String> told = wifi.equipment().stream()
                    .map(e -> e.getId() + " " + e.getKind() + " " + e.getAnswers() + " " + e.getModel())
                    .toList();
            assertEquals("ap-hall EQUIPMENT_KIND_CONTROLLER true SIMULATED VC", told.getFirst());
            assertEquals(
                    List.of(
                            "ap-hall_ap-lobby EQUIPMENT_KIND_ACCESS_POINT true SIMULATED AP",
                            "ap-hall_ap-reading-room EQUIPMENT_KIND_ACCESS_POINT true SIMULATED AP",
                            "ap-hall_ap-store EQUIPMENT_KIND_ACCESS_POINT false SIMULATED AP"),
                    told.subList(1, 4));
            assertTrue(told.stream().anyMatch(e -> e.endsWith(" EQUIPMENT_KIND_SSID true Kosai Free Wi-Fi")));
        }
    }

    @Test
    void totalsGoOnOverAStartOfTheAccessPointAndOneOfTheGateway() throws Exception {
        Path off = dir.resolve("no-power");
        try (Simulator agent = new Site(dir).simulator("hall-off-file=" + off + "\n" + fast())) {
            Wifi before = start(agent);
            round(samples -> total(samples) > 0);
            Files.createFile(off);
            round(samples -> value(samples, "ap-hall", Quantity.UP) == 0);
            Files.delete(off);
            long first = total(round(samples -> value(samples, "ap-hall", Quantity.UP) == 1));
            assertTrue(first > 0);
            before.close();
            kept.clear();
            start(agent);
            assertTrue(total(round(samples -> true)) >= first);
        }
    }

    @Test
    void samplesOfAClockThatNobodyHasSetSaySo() throws Exception {
        try (Simulator agent = new Site(dir).simulator("")) {
            start(new Site(dir).v2c(agent.ports().getFirst()), new ClockWatch(Clock.systemUTC(), false, NEVER_TOUCHED));
            assertTrue(round(samples -> true).stream().allMatch(s -> s.flags() == Quality.CLOCK_UNKNOWN));
        }
    }

    @Test
    void theSimulatorsCrowdIsThereByDayAndGoneByNight() throws IOException {
        assertEquals(0, clientsAt(Instant.parse("2026-11-21T18:00:00Z")));
        assertTrue(clientsAt(Instant.parse("2026-11-22T05:30:00Z")) > 20);
    }

    @Test
    void withoutAccessPointsNothingIsAsked() throws Exception {
        assertEquals(List.of(), start(new Site(dir).settings("", ""), trusted()).equipment());
        assertTrue(kept.isEmpty());
    }

    /** Clients of the shipped access point at an instant of Japanese time, asked over a clock that stands there. */
    private long clientsAt(Instant when) throws IOException {
        String clock = "clock-real-origin=%s\nclock-city-origin=%s\nclock-speed=1\n".formatted(Instant.now(), when);
        try (Simulator agent = new Site(dir).simulator(clock)) {
            return new Site(dir)
                    .ask(agent.ports().getFirst())
                    .orElseThrow()
                    .device()
                    .clients()
                    .orElseThrow();
        }
    }

    /** An hour a second, so that octets are counted between two rounds. */
    private static String fast() {
        Instant now = Instant.now();
        return "clock-real-origin=%s\nclock-city-origin=%s\nclock-speed=3600\n".formatted(now, now);
    }

    private Wifi start(Simulator agent) throws IOException {
        return start(new Site(dir).v2c(agent.ports().getFirst()), trusted());
    }

    private Wifi start(WifiSettings settings, ClockWatch clock) {
        Wifi wifi = new Wifi(settings, clock, kept::add);
        started.add(wifi);
        wifi.start();
        return wifi;
    }

    @AfterEach
    void stop() {
        started.forEach(Wifi::close);
    }

    private static ClockWatch trusted() {
        return new ClockWatch(Clock.fixed(Instant.now(), ZoneOffset.UTC), true, NEVER_TOUCHED);
    }

    /** The first round from now on of which something is true. */
    private List<Sample> round(Predicate<List<Sample>> wanted) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < until) {
            List<Sample> round = kept.poll(1, TimeUnit.SECONDS);
            if (round != null && wanted.test(round)) {
                return round;
            }
        }
        throw new AssertionError("no such round within 20 s");
    }

    private static long total(List<Sample> round) {
        return value(round, "ap-hall", Quantity.OCTETS_OUT);
    }

    /** A value of a round; -1 where it is not in it. */
    private static long value(List<Sample> round, String meter, Quantity quantity) {
        return round.stream()
                .filter(s -> s.meter().equals(meter) && s.quantity() == quantity)
                .mapToLong(Sample::value)
                .findFirst()
                .orElse(-1);
    }
}
