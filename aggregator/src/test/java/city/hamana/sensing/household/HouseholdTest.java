package city.hamana.sensing.household;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.rules.Rules;
import city.hamana.messages.MeterAlarm;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.sensing.household.Finding.Kind;
import city.hamana.sensing.inflow.OffDays;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.vee.Vee;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One home, from the reading to the finding, day after day. */
class HouseholdTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final String METER = "els-1";
    private static final LocalDate FIRST = LocalDate.of(2016, 11, 1);
    private static final LocalDate LEAK = LocalDate.of(2016, 12, 20);
    private static final LocalDate MENDED = LocalDate.of(2016, 12, 27);

    private Database database;
    private Vee vee;
    private Household household;
    private Readings readings;
    private Instant now;

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

    @BeforeEach
    void open() {
        now = FIRST.atStartOfDay(TOKYO).toInstant();
        database = Database.open("jdbc:derby:memory:household;create=true");
        Events events = new Events(database);
        Clock clock = new CityClock();
        readings = new Readings(database, events, new Html(), InstantSource.system());
        Rules rules = new Rules(database, events, new Html(), clock);
        vee = new Vee(database, events, new Html(), clock, InstantSource.system(), rules, OffDays.none(), readings);
        household = new Household(database, events, clock, rules, readings, vee);
        database.migrate(List.of(Events.SCHEMA, rules.schema(), readings.schema(), vee.schema(), household.schema()));
        database.inTransaction(tx -> {
            rules.begin(tx);
            return readings.merge(tx, registers(), "device:gw-0001");
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aLeakIsToldOnceForAsLongAsItLastsAndEndsWhenTheWaterRests() {
        morningAfter(LEAK);
        assertEquals(List.of(), standing());
        // Seven litres an hour from midnight on: after two days the run is long enough.
        morningAfter(LEAK.plusDays(1));
        Finding found = standing().getFirst();
        assertEquals(Kind.CONTINUOUS, found.kind());
        assertEquals(7_000, found.rateMillilitres());
        assertEquals(168, found.litresPerDay());
        assertEquals(LEAK.atStartOfDay(TOKYO).toInstant(), found.since());
        for (LocalDate day = LEAK.plusDays(2); day.isBefore(MENDED); day = day.plusDays(1)) {
            morningAfter(day);
            assertEquals(
                    1,
                    standing().stream().filter(f -> f.kind() == Kind.CONTINUOUS).count());
            assertEquals(found.id(), standing().getFirst().id());
        }
        morningAfter(MENDED);
        assertEquals(List.of(), standing());
        List<Finding> all = database.inTransaction(tx -> household.of(tx, METER, 10));
        assertTrue(all.stream().allMatch(f -> f.ended().isPresent()), all::toString);
        assertEquals(1, events("household.found"));
        assertEquals(1, events("household.ended"));
    }

    @Test
    void theMetersOwnWarningStandsUntilTheMeterTakesItBack() {
        warn(LEAK.minusDays(3), 1L << MeterAlarm.LEAK_1.bit());
        morningAfter(LEAK.minusDays(3));
        assertEquals("leak-1", standing().getFirst().reason());
        morningAfter(LEAK.minusDays(2));
        assertEquals(1, standing().size(), "it has not said anything since");
        warn(LEAK.minusDays(1), 0);
        morningAfter(LEAK.minusDays(1));
        assertEquals(List.of(), standing());
    }

    @Test
    void aDayIsLookedAtOnce() {
        morningAfter(LEAK.plusDays(2));
        household.turn();
        household.turn();
        assertEquals(1, events("household.found"));
    }

    private void morningAfter(LocalDate day) {
        now = day.plusDays(1).atTime(4, 0).atZone(TOKYO).toInstant();
        while (vee.validatedTo().filter(day::equals).isEmpty()) {
            vee.turn();
        }
        household.turn();
    }

    private List<Finding> standing() {
        return database.inTransaction(tx -> household.open(tx, METER));
    }

    private long events(String kind) {
        return database.inTransaction(tx -> tx.createQuery("SELECT COUNT(*) FROM events_log WHERE kind = :kind")
                .bind("kind", kind)
                .mapTo(Long.class)
                .one());
    }

    private void warn(LocalDate day, long bits) {
        Instant noon = day.atTime(12, 0).atZone(TOKYO).toInstant();
        Sample sample = new Sample(METER, Quantity.METER_ALARMS, noon, bits, 0, 0);
        database.inTransaction(tx -> readings.merge(tx, List.of(sample), "device:gw-0001"));
    }

    /** Two months: 20 L in some hours of the day, nothing by night, and 7 L an hour more while the leak lasts. */
    private static List<Sample> registers() {
        List<Sample> samples = new ArrayList<>();
        Instant leaks = LEAK.atStartOfDay(TOKYO).toInstant();
        Instant mended = MENDED.atTime(10, 0).atZone(TOKYO).toInstant();
        long litres = 1_000;
        Instant end = LocalDate.of(2017, 1, 3).atStartOfDay(TOKYO).toInstant();
        for (Instant at = FIRST.atStartOfDay(TOKYO).toInstant(); at.isBefore(end); at = at.plus(Duration.ofHours(1))) {
            samples.add(new Sample(METER, Quantity.VOLUME, at, litres, -3, 0));
            litres += List.of(7, 8, 12, 18, 19).contains(at.atZone(TOKYO).getHour()) ? 20 : 0;
            litres += !at.isBefore(leaks) && at.isBefore(mended) ? 7 : 0;
        }
        return samples;
    }
}
