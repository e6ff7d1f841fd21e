package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.sensing.readings.Readings;
import city.hamana.service.network.Network;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A district that springs a leak: what is told, once, whatever is killed and whatever comes late. */
class NetworkWatchTest {
    static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    static final Instant FIRST = Instant.parse("2016-11-09T15:00:00Z");
    static final Instant BURST = Instant.parse("2016-12-13T15:00:00Z");
    static final String DISTRICTS = """
            dma,name,name-easy,name-pt,name-en,latitude,longitude,connections
            DEMO-1,北部,きたの ちく,Norte,North,34.72,137.53,3
            """;
    static final String INLETS = """
            dma,meter,direction
            DEMO-1,in-0001,1
            DEMO-1,out-0001,-1
            """;

    @TempDir
    Path folder;

    private Instant now = FIRST;
    private City city;

    /** Where the city keeps its tables; what is in memory only would not be there after a restart. */
    String url() {
        return "jdbc:derby:" + folder.resolve("city") + ";create=true";
    }

    @BeforeEach
    void openFirst() {
        open();
        Guest suzuki = Guest.signedIn(city, "suzuki");
        suzuki.get("/");
        assertEquals(200, take(suzuki, DISTRICTS, INLETS));
    }

    private void open() {
        city = new City(TestCity.settings(url(), new CityClock()), TestCity.identity());
    }

    @AfterEach
    void close() {
        city.close();
    }

    private final class CityClock extends Clock {
        @Override
        public ZoneId getZone() {
            return TOKYO;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void aStepInTheInflowBecomesOneLeakAndOnlyOneThoughTheCityWasRestartedInBetween() {
        comes(BURST.minusSeconds(3_600), at -> true);
        assertEquals(0, count("network_leak"));
        for (Duration since : List.of(Duration.ofHours(20), Duration.ofDays(3), Duration.ofDays(8))) {
            city.close();
            open();
            comes(BURST.plus(since), at -> true);
        }
        assertEquals(1, count("network_leak"));
        assertEquals(1, count("notices_message WHERE once LIKE 'network-leak:%'"));
        assertEquals(1, count("events_log WHERE kind = 'network.leak-suspected'"));
        long started = number("SELECT started_ms FROM network_leak");
        assertTrue(Math.abs(started - BURST.toEpochMilli()) <= 6 * 3_600_000L, Instant.ofEpochMilli(started)::toString);
        long litres = number("SELECT litres_per_hour FROM network_leak");
        assertTrue(litres > 1_000 && litres < 2_000, () -> litres + " L/h");
    }

    @Test
    void whatComesLateIsWaitedForADayAndIsThenFilledInWithoutTheWatch() {
        Instant gap = Instant.parse("2016-11-30T18:00:00Z");
        Predicate<Instant> hole = at -> at.isBefore(gap) || at.isAfter(gap.plus(Duration.ofHours(5)));
        comes(gap.plus(Duration.ofHours(12)), hole);
        long before = gap.toEpochMilli() / 3_600_000;
        assertEquals(before - 1, number("SELECT watched_to FROM network_dma"), "it waits before the hole");
        assertTrue(number("SELECT hours_to FROM network_dma") > before + 10, "the figures go on");
        comes(gap.plus(Duration.ofHours(13)), at -> true);
        assertEquals(before + 13, number("SELECT watched_to FROM network_dma"), "all came in time");
        assertEquals(0, count("network_hour WHERE watched = FALSE"));

        Instant later = Instant.parse("2016-12-05T18:00:00Z");
        Predicate<Instant> second = at -> at.isBefore(later) || at.isAfter(later.plus(Duration.ofHours(5)));
        comes(later.plus(Duration.ofHours(12)), second);
        comes(later.plus(Duration.ofHours(40)), second);
        long end = later.toEpochMilli() / 3_600_000 + 40;
        assertEquals(end, number("SELECT watched_to FROM network_dma"), "after a day it goes on without them");
        comes(later.plus(Duration.ofHours(41)), at -> true);
        assertEquals(7, count("network_hour WHERE watched = FALSE"), "filled in for the balance");
        assertEquals(0, count("network_leak"));
    }

    @Test
    void aRegisterThatFallsMakesAnHourWithoutAFigure() {
        Instant fall = Instant.parse("2016-11-20T03:00:00Z");
        List<Sample> samples = samples(FIRST, Instant.parse("2016-11-21T00:00:00Z"), at -> true);
        List<Sample> fallen = samples.stream()
                .map(s -> s.at().isBefore(fall) || !s.meter().equals("in-0001")
                        ? s
                        : new Sample(s.meter(), s.quantity(), s.at(), s.value() - 900_000, s.exponent(), 0))
                .toList();
        now = Instant.parse("2016-11-21T00:00:00Z");
        merge(fallen);
        TestCity.module(city, Network.class).turn();
        long hour = fall.toEpochMilli() / 3_600_000;
        assertEquals(0, count("network_hour WHERE at_hour = " + (hour - 1)));
        assertEquals(1, count("network_hour WHERE at_hour = " + hour));
        assertEquals(0, count("network_hour WHERE litres < 0"));
    }

    @Test
    void otherInletsBeginTheWatchAnewAndLeaveThePastAsItIs() {
        comes(Instant.parse("2016-12-01T00:00:00Z"), at -> true);
        long hours = count("network_hour");
        Guest suzuki = Guest.signedIn(city, "suzuki");
        suzuki.get("/");
        assertEquals(200, take(suzuki, null, "dma,meter,direction\nDEMO-1,in-0001,1\n"));
        comes(Instant.parse("2016-12-02T00:00:00Z"), at -> true);
        assertEquals(hours + 23, count("network_hour"), "from the next full hour on");
        assertEquals(
                now.minus(Duration.ofHours(23)).toEpochMilli() / 3_600_000,
                number("SELECT watch_from FROM network_dma"));
        assertEquals(0, count("network_leak"), "a step of the border is no leak");
    }

    /** Of three connections, and of two hundred. */
    @ParameterizedTest
    @CsvSource({"3, 0", "200, 1"})
    void inASmallDistrictASmallRiseIsAHomesOwnAffair(int connections, int told) {
        Guest suzuki = Guest.signedIn(city, "suzuki");
        suzuki.get("/");
        assertEquals(200, take(suzuki, DISTRICTS.replace(",3\n", "," + connections + "\n"), INLETS));
        now = BURST.plus(Duration.ofDays(14));
        merge(samples(FIRST, now, at -> true, 130));
        TestCity.module(city, Network.class).turn();
        assertEquals(told, count("network_leak"));
    }

    /** Everything up to a moment comes in, and the job has its turn. */
    private void comes(Instant until, Predicate<Instant> which) {
        now = until;
        merge(samples(FIRST, until, which));
        TestCity.module(city, Network.class).turn();
    }

    private void merge(List<Sample> samples) {
        Readings readings = TestCity.module(city, Readings.class);
        city.database().inTransaction(tx -> readings.merge(tx, samples, "device:gw-0001"));
    }

    /** Hourly registers of both inlets: a day's shape, a little noise, and from the burst on 1.5 m³/h more. */
    static List<Sample> samples(Instant from, Instant until, Predicate<Instant> which) {
        return samples(from, until, which, 1_500);
    }

    private static List<Sample> samples(Instant from, Instant until, Predicate<Instant> which, long burst) {
        Random noise = new Random(7);
        List<Sample> samples = new ArrayList<>();
        long in = 5_000_000;
        long out = 1_000_000;
        for (Instant at = from; !at.isAfter(until); at = at.plus(Duration.ofHours(1))) {
            if (which.test(at)) {
                samples.add(new Sample("in-0001", Quantity.VOLUME, at, in, -3, 0));
                samples.add(new Sample("out-0001", Quantity.VOLUME, at, out, -3, 0));
            }
            int hour = at.atZone(TOKYO).getHour();
            long flow = 6_000 + Math.round(2_500 * Math.sin((hour - 8) * Math.PI / 12) + 150 * noise.nextGaussian());
            in += flow + 2_000 + (at.isBefore(BURST) ? 0 : burst);
            out += 2_000;
        }
        return samples;
    }

    static int take(Guest guest, String districts, String inlets) {
        Map<String, byte[]> files = new java.util.TreeMap<>();
        if (districts != null) {
            files.put("districts", districts.getBytes(StandardCharsets.UTF_8));
        }
        files.put("inlets", inlets.getBytes(StandardCharsets.UTF_8));
        return guest.post("/staff/network/files", Map.of(), files).status();
    }

    private long count(String from) {
        return number("SELECT COUNT(*) FROM " + from);
    }

    private long number(String sql) {
        return city.database()
                .inTransaction(tx -> tx.createQuery(sql).mapTo(Long.class).one());
    }
}
