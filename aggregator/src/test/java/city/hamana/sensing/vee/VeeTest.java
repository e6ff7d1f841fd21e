package city.hamana.sensing.vee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.rules.Rules;
import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.sensing.inflow.OffDays;
import city.hamana.sensing.readings.Readings;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs over a few meters, on Derby; {@link PostgresVeeTest} tells the same on PostgreSQL. */
class VeeTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Instant START = Instant.parse("2016-11-09T15:00:00Z");

    /** Ten in the morning of 5 January 2017: the last day that is due is the 4th. */
    private static final Instant NOW = Instant.parse("2017-01-05T01:00:00Z");

    private static final LocalDate LAST = LocalDate.of(2017, 1, 4);
    private static final Instant LAST_MIDNIGHT = Instant.parse("2017-01-03T15:00:00Z");
    private static final int[] LITRES = {
        0, 0, 0, 0, 2, 6, 34, 41, 22, 9, 7, 12, 18, 6, 4, 5, 9, 21, 38, 52, 47, 63, 25, 3
    };

    private Database database;
    private Events events;
    private Readings readings;
    private Rules rules;
    private Vee vee;
    private OffDays offDays = OffDays.none();

    Database database() {
        return Database.open("jdbc:derby:memory:vee;create=true");
    }

    @BeforeEach
    void open() {
        database = database();
        build(InstantSource.system(), 3);
        database.migrate(List.of(Events.SCHEMA, rules.schema(), readings.schema(), vee.schema()));
        database.inTransaction(tx -> {
            rules.begin(tx);
            return tx;
        });
    }

    @AfterEach
    void close() {
        database.inTransaction(tx -> {
            database.tables().stream()
                    .filter(table -> table.matches("(vee|readings|rules)_.*") && !table.endsWith("_migrations"))
                    .forEach(table -> tx.execute("DELETE FROM " + table));
            tx.execute("DELETE FROM events_log");
            return tx.execute("UPDATE events_head SET last_sequence = 0, last_hash = ?", "0".repeat(64));
        });
        database.close();
    }

    private void build(InstantSource real, int sliceMeters) {
        events = new Events(database);
        Clock clock = Clock.fixed(NOW, TOKYO);
        readings = new Readings(database, events, new Html(), real);
        rules = new Rules(database, events, new Html(), clock);
        vee = new Vee(database, events, new Html(), clock, real, rules, offDays, readings, sliceMeters);
    }

    @Test
    void whatCountsAddsUpToWhatTheRegistersSay() {
        fill(5, sample -> true);
        validate();
        assertEquals(Optional.of(LAST), vee.validatedTo());
        Map<String, Long> sums = new TreeMap<>();
        vee.each(LAST.minusDays(40), LAST, (meter, from, hours) -> {
            assertEquals(41 * 24, hours.size());
            sums.put(meter, hours.stream().mapToLong(VeeTest::measured).sum());
        });
        assertEquals(5, sums.size());
        long day = Arrays.stream(LITRES).sum() * 1_000L;
        assertEquals(41 * day, sums.get("els-3"));
        assertEquals(0, count("SELECT COUNT(*) FROM vee_doubt"));
        assertEquals(1, count("SELECT COUNT(*) FROM events_log WHERE subject = 'day:2017-01-04'"));
    }

    @Test
    void aRunThatIsBrokenOffGoesOnBehindItsLastSlice() {
        fill(7, sample -> !on(sample, "els-5", 8, 15));
        validate();
        Map<String, String> unbroken = stored();
        database.inTransaction(tx -> {
            List.of("vee_month", "vee_run", "vee_doubt", "vee_profile").forEach(t -> tx.execute("DELETE FROM " + t));
            return tx;
        });
        // Each look at the time takes three minutes, so that a turn of four is over after a slice or two.
        AtomicInteger looks = new AtomicInteger();
        build(() -> NOW.plus(Duration.ofMinutes(3L * looks.incrementAndGet())), 2);
        vee.turn();
        assertEquals(1, count("SELECT COUNT(DISTINCT last_day) FROM vee_run"));
        assertNotEquals(0, count("SELECT COUNT(*) FROM vee_run WHERE ended_ms = -1"));
        assertNotEquals(7, count("SELECT COUNT(DISTINCT meter) FROM vee_month"));
        build(InstantSource.system(), 2);
        validate();
        assertEquals(unbroken, stored());
        assertEquals(1, count("SELECT COUNT(*) FROM events_log WHERE subject = 'day:2016-12-31'") / 2);
    }

    @Test
    void doingADayAgainChangesNothing() {
        fill(3, sample -> !on(sample, "els-1", 8, 15));
        validate();
        Map<String, String> once = stored();
        again("els-1", LAST.minusDays(2), LAST);
        assertEquals(once, stored());
    }

    @Test
    void aGapIsFilledWithExactlyWhatTheRegisterCountedOverIt() {
        fill(2, sample -> !on(sample, "els-1", 6, 22));
        validate();
        List<Use> hours = vee.hours("els-1", LAST_MIDNIGHT, 24);
        assertEquals(Origin.REGISTER, origin(hours.get(12)));
        assertEquals(Origin.MEASURED, origin(hours.get(3)));
        assertEquals(Arrays.stream(LITRES).sum() * 1_000L, sum(hours));
        // As like days went: the evening has most of it.
        assertTrue(amount(hours.get(21)) > 5 * amount(hours.get(14)), hours::toString);
        assertEquals(List.of(Code.GAP), codes("els-1", LAST));
    }

    @Test
    void readingsThatComeLateTakeThePlaceOfEstimates() {
        Predicate<Sample> missing = sample -> on(sample, "els-1", -30, 23);
        fill(2, sample -> !missing.test(sample));
        validate();
        assertEquals(
                Origin.REGISTER, origin(vee.hours("els-1", LAST_MIDNIGHT, 24).get(12)));
        merge(samples("els-1").stream().filter(missing).toList());
        vee.turn();
        assertEquals(
                Origin.MEASURED, origin(vee.hours("els-1", LAST_MIDNIGHT, 24).get(12)));
        assertEquals(List.of(), codes("els-1", LAST));
        assertEquals(List.of(), codes("els-1", LAST.minusDays(1)));
        assertEquals(0, count("SELECT COUNT(*) FROM vee_late"));
    }

    @Test
    void aMeterThatFallsSilentIsEstimatedAsLikeDaysWentUntilItsRegisterIsKnown() {
        Predicate<Sample> missing = sample -> on(sample, "els-1", 6, 48);
        fill(2, sample -> !missing.test(sample));
        validate();
        List<Use> hours = vee.hours("els-1", LAST_MIDNIGHT, 24);
        assertEquals(new Use.Known(LITRES[21] * 1_000L, Origin.LIKE_DAYS), hours.get(21));
        // One reading at the day's end: what ran through is known now, and stands in place of the guess.
        Sample end = new Sample("els-1", Quantity.VOLUME, LAST_MIDNIGHT.plus(Duration.ofHours(24)), 99_000, -3, 0);
        merge(List.of(end));
        vee.turn();
        List<Use> known = vee.hours("els-1", LAST_MIDNIGHT, 24);
        assertEquals(Origin.REGISTER, origin(known.get(21)));
        long before = samples("els-1").stream()
                .filter(s -> s.at().equals(LAST_MIDNIGHT))
                .mapToLong(Sample::value)
                .sum();
        assertEquals((99_000 - before) * 1_000, sum(known));
    }

    @Test
    void anEditCountsOnceASecondPersonHasConfirmedItAndNoLongerWhenItIsTakenBack() {
        fill(2, sample -> true);
        validate();
        Instant six = LAST_MIDNIGHT.plus(Duration.ofHours(6));
        database.inTransaction(tx -> {
            vee.editing().propose(tx, "els-1", six.toEpochMilli(), List.of(5_000L, 6_000L), "seal broken", "person:1");
            return tx;
        });
        long id = count("SELECT MAX(id) FROM vee_edit");
        assertEquals(Origin.MEASURED, origin(vee.hours("els-1", six, 1).getFirst()));
        assertFalse(database.holds(tx -> vee.editing().confirm(tx, id, "person:1")), "one's own");
        assertTrue(database.holds(tx -> vee.editing().confirm(tx, id, "person:2")));
        assertEquals(
                List.of(new Use.Known(5_000, Origin.EDITED), new Use.Known(6_000, Origin.EDITED)),
                vee.hours("els-1", six, 2));
        assertEquals(
                List.of(Code.SUM), codes("els-1", LAST), "it does not add up to the register any more, and says so");
        again("els-1", LAST, LAST);
        assertEquals(5_000, amount(vee.hours("els-1", six, 1).getFirst()), "a later run keeps it");
        assertTrue(database.holds(tx -> vee.editing().undo(tx, id, "person:1")));
        assertEquals(
                new Use.Known(LITRES[6] * 1_000L, Origin.MEASURED),
                vee.hours("els-1", six, 1).getFirst());
        assertEquals(
                3, count("SELECT COUNT(*) FROM events_log WHERE kind LIKE 'vee.edit-%' AND subject = 'meter:els-1'"));
    }

    @Test
    void aGapOnAHolidayIsFilledAsSundaysWent() {
        List<Sample> samples = new ArrayList<>();
        long litres = 1_000;
        for (Instant at = START; at.isBefore(NOW); at = at.plus(Duration.ofHours(1))) {
            Sample sample = new Sample("els-0", Quantity.VOLUME, at, litres, -3, 0);
            if (!on(sample, "els-0", 8, 15)) {
                samples.add(sample);
            }
            LocalDate day = at.atZone(TOKYO).toLocalDate();
            boolean sunday = day.getDayOfWeek() == DayOfWeek.SUNDAY || day.equals(LAST);
            litres += at.atZone(TOKYO).getHour() == (sunday ? 13 : 9) ? 40 : 0;
        }
        merge(samples);
        offDays = new OffDays(Set.of(LAST));
        build(InstantSource.system(), 3);
        validate();
        List<Long> hours = vee.hours("els-0", LAST_MIDNIGHT, 24).stream()
                .map(VeeTest::amount)
                .toList();
        assertTrue(hours.get(13) > 39_900, "at one, as on a Sunday, and not at nine: " + hours);
        assertEquals(40_000, hours.stream().mapToLong(Long::longValue).sum(), "what the register says");
    }

    @Test
    void aClosedMeterWithUseIsToldAndNothingIsGuessedForIt() {
        fill(2, sample -> !on(sample, "els-0", 0, 48));
        database.inTransaction(tx -> {
            Optional<Instant> closed = Optional.of(LAST_MIDNIGHT);
            vee.describe(tx, new MeterFacts("els-0", 13, Customer.HOUSEHOLD, closed));
            vee.describe(tx, new MeterFacts("els-1", 13, Customer.HOUSEHOLD, closed));
            return tx;
        });
        validate();
        assertEquals(List.of(Code.INACTIVE), codes("els-1", LAST));
        assertEquals(
                new Use.Missing(),
                vee.hours("els-0", LAST_MIDNIGHT.plus(Duration.ofHours(12)), 1).getFirst());
    }

    @Test
    void twoValuesForOneInstantAreNotBelievedAndTheRegisterCountsOn() {
        fill(1, sample -> true);
        Instant noon = LAST_MIDNIGHT.plus(Duration.ofHours(12));
        merge(List.of(new Sample("els-0", Quantity.VOLUME, noon, 7, -3, 0)));
        validate();
        assertEquals(List.of(Code.CONFLICT, Code.GAP), codes("els-0", LAST));
        assertEquals(Arrays.stream(LITRES).sum() * 1_000L, sum(vee.hours("els-0", LAST_MIDNIGHT, 24)));
    }

    @Test
    void aReadingWithoutAClockDoesNotCount() {
        fill(1, sample -> !on(sample, "els-0", 12, 13));
        Instant noon = LAST_MIDNIGHT.plus(Duration.ofHours(12));
        merge(List.of(new Sample("els-0", Quantity.VOLUME, noon, 9_999_999, -3, Quality.CLOCK_UNKNOWN)));
        validate();
        assertEquals(List.of(Code.CLOCK_UNSYNCHRONISED, Code.GAP), codes("els-0", LAST));
    }

    private void validate() {
        while (!vee.validatedTo().equals(Optional.of(LAST))) {
            vee.turn();
        }
    }

    private void again(String meter, LocalDate first, LocalDate last) {
        Instant at = first.atStartOfDay(TOKYO).toInstant();
        database.inTransaction(tx -> {
            for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
                vee.store().late(tx, meter, (int) day.toEpochDay());
            }
            return at;
        });
        vee.turn();
    }

    /** Everything that the runs have written, by its place. */
    private Map<String, String> stored() {
        Map<String, String> all = new TreeMap<>();
        database.inTransaction(tx -> {
            tx.createQuery("SELECT month_no, meter, packed FROM vee_month")
                    .map((row, context) -> Map.entry(
                            row.getInt(1) + row.getString(2), HexFormat.of().formatHex(row.getBytes(3))))
                    .forEach(row -> all.put(row.getKey(), row.getValue()));
            tx.createQuery("SELECT day_no, meter, code, times FROM vee_doubt")
                    .map((row, context) -> row.getInt(1) + row.getString(2) + row.getString(3) + row.getInt(4))
                    .forEach(row -> all.put(row, ""));
            return tx;
        });
        return all;
    }

    private List<Code> codes(String meter, LocalDate day) {
        return database.inTransaction(tx -> vee.store().of(tx, (int) day.toEpochDay(), meter)).stream()
                .map(Doubt::code)
                .toList();
    }

    private long count(String sql) {
        return database.inTransaction(
                tx -> tx.createQuery(sql).mapTo(Long.class).one());
    }

    private void fill(int meters, Predicate<Sample> kept) {
        for (int i = 0; i < meters; i++) {
            merge(samples("els-" + i).stream().filter(kept).toList());
        }
    }

    private void merge(List<Sample> samples) {
        database.inTransaction(tx -> readings.merge(tx, samples, "device:gw-0001"));
    }

    /** Eight weeks of full hours, of one day like the other. */
    private static List<Sample> samples(String meter) {
        List<Sample> samples = new ArrayList<>();
        long litres = 1_000;
        for (Instant at = START; at.isBefore(NOW); at = at.plus(Duration.ofHours(1))) {
            samples.add(new Sample(meter, Quantity.VOLUME, at, litres, -3, 0));
            litres += LITRES[at.atZone(TOKYO).getHour()];
        }
        return samples;
    }

    /** Whether a reading is this meter's and lies between two hours of the last day, both by the city's clock. */
    private static boolean on(Sample sample, String meter, int fromHour, int toHour) {
        return sample.meter().equals(meter)
                && !sample.at().isBefore(LAST_MIDNIGHT.plus(Duration.ofHours(fromHour)))
                && sample.at().isBefore(LAST_MIDNIGHT.plus(Duration.ofHours(toHour)));
    }

    private static long measured(Use use) {
        assertEquals(Origin.MEASURED, origin(use));
        return amount(use);
    }

    private static long sum(List<Use> hours) {
        return hours.stream().mapToLong(VeeTest::amount).sum();
    }

    private static long amount(Use use) {
        return use instanceof Use.Known known ? known.millilitres() : -1;
    }

    private static Origin origin(Use use) {
        return use instanceof Use.Known known ? known.origin() : null;
    }
}
