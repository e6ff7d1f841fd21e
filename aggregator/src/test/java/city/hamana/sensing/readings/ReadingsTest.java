package city.hamana.sensing.readings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On Derby; {@link PostgresReadingsTest} tells the same on PostgreSQL. */
class ReadingsTest {
    private static final Instant START = Instant.parse("2017-01-01T00:19:43Z");

    private Database database;
    private Events events;
    private Readings readings;

    Database database() {
        return Database.open("jdbc:derby:memory:readings;create=true");
    }

    @BeforeEach
    void open() {
        database = database();
        events = new Events(database);
        readings = new Readings(database, events, new Html(), InstantSource.fixed(START));
        database.migrate(List.of(Events.SCHEMA, readings.schema()));
    }

    @AfterEach
    void close() {
        database.inTransaction(tx -> {
            for (String table : List.of("readings_day", "readings_series", "readings_conflict", "events_log")) {
                tx.execute("DELETE FROM " + table);
            }
            return tx.execute("UPDATE events_head SET last_sequence = 0, last_hash = ?", "0".repeat(64));
        });
        database.close();
    }

    @Test
    void samplesAreStoredOnceAndReadInOrder() {
        List<Sample> samples = hours("els-1", 60);
        assertEquals(new MergeResult(60, 0, 0), merge(samples.reversed()));
        assertEquals(new MergeResult(0, 60, 0), merge(samples));
        assertEquals(samples, all("els-1"));
    }

    @Test
    void aSpanIsReadFromItsStartToBeforeItsEnd() {
        List<Sample> samples = hours("els-1", 60);
        merge(samples);
        assertEquals(
                samples.subList(20, 30),
                readings.series(
                        "els-1",
                        Quantity.VOLUME,
                        samples.get(20).at(),
                        samples.get(30).at()));
    }

    @Test
    void anotherValueForAnInstantIsRecordedAndNothingOverwritten() {
        Sample first = sample("els-1", 0, 100);
        Sample other = sample("els-1", 0, 101);
        merge(List.of(first));
        assertEquals(new MergeResult(0, 0, 1), merge(List.of(other)));
        assertEquals(new MergeResult(0, 0, 1), merge(List.of(other)));
        assertEquals(List.of(first), all("els-1"));
        assertEquals(List.of(new Conflict(first, other, "device:gw-1", cut(START))), readings.conflicts(10));
        assertEquals(1, database.inTransaction(tx -> events.latest(tx, 10)).size());
    }

    @Test
    void theSameValueOnAnotherScaleIsNoConflict() {
        Sample coarse = new Sample("els-1", Quantity.VOLUME, START, 26, -2, 0);
        Sample fine = new Sample("els-1", Quantity.VOLUME, START, 260, -3, 0);
        merge(List.of(coarse));
        assertEquals(new MergeResult(0, 1, 0), merge(List.of(fine)));
        assertEquals(List.of(fine), all("els-1"));
    }

    @Test
    void aDoubtThatComesLaterIsKept() {
        merge(List.of(new Sample("els-1", Quantity.VOLUME, START, 26, -2, 0)));
        merge(List.of(new Sample("els-1", Quantity.VOLUME, START, 26, -2, Quality.ESTIMATED)));
        assertEquals(Quality.ESTIMATED, all("els-1").getFirst().flags());
    }

    @Test
    void anyOrderRepetitionAndSplitEndInTheSameBytes() {
        List<Sample> samples = new ArrayList<>();
        IntStream.range(0, 5).forEach(meter -> samples.addAll(hours("els-" + meter, 70)));
        merge(samples);
        List<String> expected = bytes();
        Random random = new Random(7);
        for (int round = 0; round < 6; round++) {
            database.inTransaction(tx -> tx.execute("DELETE FROM readings_day"));
            List<Sample> shuffled = new ArrayList<>(samples);
            shuffled.addAll(samples.subList(0, random.nextInt(samples.size())));
            Collections.shuffle(shuffled, random);
            for (int from = 0; from < shuffled.size(); ) {
                int to = Math.min(shuffled.size(), from + 1 + random.nextInt(150));
                merge(shuffled.subList(from, to));
                from = to;
            }
            assertEquals(expected, bytes(), "round " + round);
        }
    }

    @Test
    void manySeriesAndDaysAreMergedAtOnce() {
        List<Sample> samples = new ArrayList<>();
        IntStream.range(0, 230).forEach(meter -> samples.addAll(hours("els-" + meter, 30)));
        assertEquals(new MergeResult(6_900, 0, 0), merge(samples));
        assertEquals(new MergeResult(0, 6_900, 0), merge(samples));
        assertEquals(230, readings.meters().size());
        SeriesInfo info = readings.about("els-7", Quantity.VOLUME).orElseThrow();
        assertEquals("2017-01-01", info.firstDay().toString());
        assertEquals("2017-01-02", info.lastDay().toString());
    }

    @Test
    void mergersAtTheSameTimeLoseNothing() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<MergeResult>> all = IntStream.range(0, 12)
                    .mapToObj(part -> threads.submit(() -> merge(everyTwelfth(part))))
                    .toList();
            for (Future<MergeResult> one : all) {
                assertEquals(0, one.get().conflicts());
            }
        }
        for (int meter = 0; meter < 4; meter++) {
            assertEquals(hours("els-" + meter, 48), all("els-" + meter));
        }
    }

    @Test
    void aDayThatGrowsBeyondARowIsRefusedWhole() {
        List<Sample> samples = IntStream.rangeClosed(0, Packed.MOST_SAMPLES)
                .mapToObj(i -> new Sample(
                        "els-1",
                        Quantity.FLOW,
                        Instant.parse("2017-01-01T00:00:00Z").plusMillis(i),
                        i,
                        0,
                        0))
                .toList();
        assertThrows(ReadingsException.class, () -> merge(samples));
        assertTrue(readings.meters().isEmpty());
    }

    @Test
    void daysBefore1970AreDaysToo() {
        Sample old = new Sample("els-1", Quantity.VOLUME, Instant.parse("1969-12-31T23:59:59.999Z"), 1, 0, 0);
        merge(List.of(old));
        assertEquals(List.of(old), readings.series("els-1", Quantity.VOLUME, old.at(), Instant.EPOCH));
    }

    private List<Sample> everyTwelfth(int part) {
        List<Sample> samples = new ArrayList<>();
        IntStream.range(0, 4).forEach(meter -> samples.addAll(hours("els-" + meter, 48)));
        return IntStream.range(0, samples.size())
                .filter(i -> i % 12 == part || i % 12 == (part + 1) % 12)
                .mapToObj(samples::get)
                .toList();
    }

    private MergeResult merge(List<Sample> samples) {
        return database.inTransaction(tx -> readings.merge(tx, samples, "device:gw-1"));
    }

    private List<Sample> all(String meter) {
        return readings.series(meter, Quantity.VOLUME, START.minus(Duration.ofDays(9)), START.plus(Duration.ofDays(9)));
    }

    private List<String> bytes() {
        return database.inTransaction(tx -> tx.createQuery("""
                SELECT s.meter, d.day, d.samples, d.packed FROM readings_day d
                JOIN readings_series s ON s.id = d.series ORDER BY s.meter, d.day
                """)
                .map((row, context) -> row.getString(1) + " " + row.getInt(2) + " " + row.getInt(3) + " "
                        + HexFormat.of().formatHex(row.getBytes(4)))
                .list());
    }

    private static List<Sample> hours(String meter, int count) {
        return IntStream.range(0, count)
                .mapToObj(hour -> sample(meter, hour, 260_575 + 13L * hour))
                .toList();
    }

    private static Sample sample(String meter, int hour, long litres) {
        Instant at = START.plus(Duration.ofHours(hour)).plusSeconds(hour % 5);
        return new Sample(meter, Quantity.VOLUME, at, litres, -3, 0);
    }

    private static Instant cut(Instant at) {
        return Instant.ofEpochMilli(at.toEpochMilli());
    }
}
