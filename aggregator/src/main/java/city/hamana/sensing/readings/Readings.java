package city.hamana.sensing.readings;

import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The readings of the whole city. */
public final class Readings implements ServiceModule {
    /** Most samples one call returns. */
    public static final int MOST_SAMPLES = 200_000;

    private static final int MOST_SERIES = 100_000;

    private final Database database;
    private final Events events;
    private final InstantSource real;
    private final Store store;
    private final SeriesApi api;
    private final ConflictPage conflictPage;
    private Arrivals arrivals = (tx, instants) -> {};

    /** @param real real time, for when something came; the samples carry their own */
    public Readings(Database database, Events events, Html html, InstantSource real) {
        this.database = database;
        this.events = events;
        this.real = real;
        this.store = new Store(database.dialect());
        this.api = new SeriesApi(this);
        this.conflictPage = new ConflictPage(this, html);
    }

    @Override
    public String name() {
        return "readings";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/v1/series", Role.API_TOKEN, api::list)
                .get("/api/v1/series/{meter}/{quantity}", Role.API_TOKEN, api::samples)
                .get("/staff/conflicts", Role.STAFF, conflictPage::show)
                .get("/staff/conflicts.csv", Role.STAFF, conflictPage::csv);
    }

    @Override
    public List<Door> doors() {
        return List.of(new Door("/staff/conflicts", "readings.conflicts", Role.STAFF, Door.Group.SENSING));
    }

    /**
     * Merges samples in the caller's transaction, whatever their order. What is held already stays as it is; another
     * value for an instant that is held is recorded as a conflict. Instants are cut to milliseconds.
     *
     * @param source who sent them, for the conflicts' list; at most 200 characters
     * @throws ReadingsException if a series would have more than 100,000 samples in one day; nothing is changed then
     */
    public MergeResult merge(Handle tx, List<Sample> samples, String source) {
        Map<Store.Place, List<Point>> news = places(tx, samples);
        Map<Store.Place, byte[]> held = store.locked(tx, news.keySet());
        Map<Store.Place, Day> days = new TreeMap<>();
        MergeResult result = new MergeResult(0, 0, 0);
        for (Map.Entry<Store.Place, List<Point>> entry : news.entrySet()) {
            Store.Place place = entry.getKey();
            byte[] packed = held.get(place);
            Day day = new Day(packed == null ? List.of() : Packed.unpack(place.day(), packed));
            for (Point point : entry.getValue()) {
                result = result.plus(day.merge(point));
            }
            days.put(place, day);
        }
        store.write(tx, days, new HashSet<>(held.keySet()));
        recordConflicts(tx, days, source);
        tell(tx, samples, days);
        return result;
    }

    /** Names who is told of new registers; once, before any come. */
    public void watch(Arrivals watcher) {
        arrivals = watcher;
    }

    private void tell(Handle tx, List<Sample> samples, Map<Store.Place, Day> days) {
        boolean anything = days.values().stream().anyMatch(Day::changed);
        Map<String, List<Instant>> came = new TreeMap<>();
        for (Sample sample : samples) {
            if (anything && sample.quantity() == Quantity.VOLUME) {
                came.computeIfAbsent(sample.meter(), m -> new ArrayList<>()).add(sample.at());
            }
        }
        if (!came.isEmpty()) {
            arrivals.came(tx, came);
        }
    }

    /**
     * Samples of many meters at once, from {@code from} to before {@code to}; meters without any are not in the answer.
     *
     * @param meters at most 10,000
     */
    public Map<String, List<Sample>> series(
            Handle tx, Collection<String> meters, Quantity quantity, Instant from, Instant to) {
        return store.samples(tx, meters, quantity, from, to);
    }

    /** Samples from {@code from} to before {@code to} in order of time, the first 200,000. */
    public List<Sample> series(String meter, Quantity quantity, Instant from, Instant to) {
        return series(meter, quantity, from, to, MOST_SAMPLES);
    }

    /** Samples from {@code from} to before {@code to} in order of time, the first {@code most}. */
    public List<Sample> series(String meter, Quantity quantity, Instant from, Instant to, int most) {
        return database.inTransaction(tx -> store.samples(tx, new Store.Key(meter, quantity), from, to, most));
    }

    /** What is known of a series; empty when it has no readings. */
    public Optional<SeriesInfo> about(String meter, Quantity quantity) {
        return database.inTransaction(tx -> store.series(tx, new Store.Key(meter, quantity)));
    }

    /** The newest sample of a series; empty when it has none. */
    public Optional<Sample> newest(String meter, Quantity quantity) {
        return Optional.ofNullable(database.inTransaction(tx -> newest(tx, List.of(meter), quantity))
                .get(meter));
    }

    /**
     * The newest sample of each of many meters; meters without any are not in the answer.
     *
     * @param meters at most 100,000
     */
    public Map<String, Sample> newest(Handle tx, Collection<String> meters, Quantity quantity) {
        return store.newest(tx, meters, quantity);
    }

    /** The meters that have readings, in order of their names, the first 100,000. */
    public List<String> meters() {
        return seriesList(0, MOST_SERIES).stream()
                .map(SeriesInfo::meter)
                .distinct()
                .toList();
    }

    List<SeriesInfo> seriesList(int offset, int most) {
        return database.inTransaction(tx -> store.series(tx, offset, most));
    }

    /** The series of these quantities, in order of their meters' names, the first {@code most}. */
    public List<SeriesInfo> having(Set<Quantity> quantities, int most) {
        return database.inTransaction(tx -> store.having(tx, quantities, most));
    }

    /** Conflicts, the newest first. */
    public List<Conflict> conflicts(int most) {
        return database.inTransaction(tx -> store.conflicts(tx, most));
    }

    /** Conflicts about instants from {@code from} to before {@code to}, the first {@code most}. */
    public List<Conflict> conflicts(Handle tx, Instant from, Instant to, int most) {
        return store.conflicts(tx, from, to, most);
    }

    private Map<Store.Place, List<Point>> places(Handle tx, List<Sample> samples) {
        Map<Store.Key, Integer> firstDays = new HashMap<>();
        for (Sample sample : samples) {
            firstDays.merge(key(sample), day(sample), Math::min);
        }
        Map<Store.Key, Long> numbers = store.numbers(tx, firstDays);
        Map<Store.Place, List<Point>> places = new TreeMap<>();
        for (Sample s : samples) {
            Store.Place place = new Store.Place(numbers.get(key(s)), day(s));
            places.computeIfAbsent(place, p -> new ArrayList<>())
                    .add(new Point(s.at().toEpochMilli(), s.value(), s.exponent(), s.flags()));
        }
        return places;
    }

    private void recordConflicts(Handle tx, Map<Store.Place, Day> days, String source) {
        int recorded = store.record(tx, days, source, real.instant());
        if (recorded > 0) {
            events.append(
                    tx,
                    new Event(real.instant(), "readings.conflict", source, "readings", Map.of("conflicts", recorded)));
        }
    }

    private static Store.Key key(Sample sample) {
        return new Store.Key(sample.meter(), sample.quantity());
    }

    private static int day(Sample sample) {
        return (int) Math.floorDiv(sample.at().toEpochMilli(), Packed.DAY_MS);
    }
}
