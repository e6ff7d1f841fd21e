package city.hamana.sensing.vee;

import city.hamana.messages.Quantity;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.readings.SeriesInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Validates the whole city, day after day: two parts side by side, each slice after slice, each slice one transaction that
 * also writes how far the part has come. A run that was broken off goes on behind the last slice that stands.
 */
final class Runs {
    /** By then the night's readings have come, and nobody is waiting for anything. */
    static final LocalTime AT = LocalTime.of(3, 0);

    /** Meters of one transaction: few enough to be short, enough to be worth one. */
    static final int SLICE = 250;

    private static final long BEYOND_MS = Hours.WIDEST_STEP.toMillis();
    private static final int PARTS = 2;
    private static final int MOST_METERS = 100_000;
    private static final int MOST_LATE = 200;

    /** A meter that has been silent for longer is not looked at any more; the gap that counts is shorter. */
    private static final int SILENT_DAYS = 60;

    /** Well under the lease of a job. */
    private static final Duration TURN = Duration.ofMinutes(4);

    private final Database database;
    private final Events events;
    private final Readings readings;
    private final Clock clock;
    private final InstantSource real;
    private final CityDays calendar;
    private final Slice slice;
    private final Parts parts;
    private final Store store;
    private final int sliceMeters;

    /** @param sliceMeters how many meters one transaction does */
    Runs(
            Database database,
            Events events,
            Readings readings,
            Clock clock,
            InstantSource real,
            CityDays calendar,
            Slice slice,
            Parts parts,
            Store store,
            int sliceMeters) {
        this.database = database;
        this.events = events;
        this.readings = readings;
        this.clock = clock;
        this.real = real;
        this.calendar = calendar;
        this.slice = slice;
        this.parts = parts;
        this.store = store;
        this.sliceMeters = sliceMeters;
    }

    /** What is due, for four minutes at most: a run that was broken off, days that have passed, days with late readings. */
    void turn() {
        Instant end = real.instant().plus(TURN);
        boolean more = true;
        while (more && real.instant().isBefore(end)) {
            more = next(end);
        }
        late(end);
    }

    /** One run, or what is left of it; false when nothing is due. */
    private boolean next(Instant end) {
        List<Part> open = database.inTransaction(parts::newest);
        if (open.stream().allMatch(part -> part.ended().isPresent())) {
            open = begun(
                    open.isEmpty()
                            ? OptionalInt.empty()
                            : OptionalInt.of(open.getFirst().lastDay()));
        }
        if (open.isEmpty()) {
            return false;
        }
        run(open.stream().filter(part -> part.ended().isEmpty()).toList(), end);
        return true;
    }

    /** Begins the run of the days that are due; where there are many, of the first month of them. */
    private List<Part> begun(OptionalInt doneTo) {
        int due = due();
        List<SeriesInfo> series = readings.having(Set.of(Quantity.VOLUME), MOST_METERS);
        if (series.isEmpty()) {
            return List.of();
        }
        int oldest = (int) series.stream()
                .map(SeriesInfo::firstDay)
                .min(LocalDate::compareTo)
                .orElseThrow()
                .toEpochDay();
        int first = doneTo.isPresent() ? doneTo.getAsInt() + 1 : oldest;
        return first > due ? List.of() : begun(series, first, Math.min(due, CityDays.lastDay(CityDays.monthOf(first))));
    }

    private List<Part> begun(List<SeriesInfo> series, int first, int last) {
        List<String> meters = series.stream()
                .filter(one -> one.firstDay().toEpochDay() <= last + 1L)
                .filter(one -> one.lastDay().toEpochDay() >= first - SILENT_DAYS)
                .map(SeriesInfo::meter)
                .sorted()
                .toList();
        List<Part> begun = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            List<String> of = meters.subList(meters.size() * i / PARTS, meters.size() * (i + 1) / PARTS);
            String from = of.isEmpty() ? "" : of.getFirst();
            String to = of.isEmpty() ? "" : of.getLast();
            begun.add(new Part(last, i, first, from, to, "", of.size(), 0, 0, real.instant(), Optional.empty()));
        }
        return database.inTransaction(tx -> {
            begun.forEach(part -> parts.begin(tx, part));
            return begun;
        });
    }

    /** The last day that is over and whose readings have had until three in the morning to come. */
    private int due() {
        Instant now = clock.instant();
        int today = calendar.dayOf(now.toEpochMilli());
        boolean early = now.atZone(calendar.zone()).toLocalTime().isBefore(AT);
        return early ? today - 2 : today - 1;
    }

    /** Goes on with parts of one run, side by side, until they are done or the time is over. */
    void run(List<Part> open, Instant end) {
        List<String> meters = readings.having(Set.of(Quantity.VOLUME), MOST_METERS).stream()
                .filter(one -> one.lastDay().toEpochDay() >= open.getFirst().firstDay() - SILENT_DAYS)
                .map(SeriesInfo::meter)
                .sorted()
                .toList();
        AtomicReference<RuntimeException> trouble = new AtomicReference<>();
        List<Thread> threads = open.stream()
                .map(part -> Thread.ofPlatform().name("vee-" + part.number()).start(() -> {
                    try {
                        part(part, meters, end);
                    } catch (RuntimeException e) {
                        trouble.compareAndSet(null, e);
                    }
                }))
                .toList();
        threads.forEach(Runs::await);
        if (trouble.get() != null) {
            throw trouble.get();
        }
        finished(open.getFirst().lastDay());
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void part(Part part, List<String> meters, Instant end) {
        List<String> left = meters.stream()
                .filter(meter -> meter.compareTo(part.fromMeter()) >= 0 && meter.compareTo(part.toMeter()) <= 0)
                .filter(meter -> meter.compareTo(part.doneMeter()) > 0)
                .toList();
        Profiles profiles = database.inTransaction(tx -> store.profiles(tx, part.firstDay()));
        Part now = part;
        for (int i = 0; i < left.size() && real.instant().isBefore(end); i += sliceMeters) {
            now = sliced(now, left.subList(i, Math.min(left.size(), i + sliceMeters)), profiles);
        }
        boolean done = left.isEmpty() || now.doneMeter().equals(left.getLast());
        if (done) {
            Part ended = now;
            database.inTransaction(tx -> {
                parts.end(tx, ended, real.instant());
                return ended;
            });
        }
    }

    private Part sliced(Part part, List<String> meters, Profiles profiles) {
        return database.inTransaction(tx -> {
            Slice.Done done = slice.run(tx, meters, part.firstDay(), part.lastDay(), part.firstDay() - 1, profiles);
            store.gather(tx, part.number(), done.profiles().all());
            Part reached = part.with(meters.getLast(), meters.size(), done.doubts());
            parts.reach(tx, reached);
            return reached;
        });
    }

    /** Tells the log once that a run's every part is done. */
    private void finished(int lastDay) {
        database.inTransaction(tx -> {
            List<Part> all = parts.of(tx, lastDay).stream()
                    .filter(part -> part.lastDay() == lastDay)
                    .toList();
            if (all.stream().allMatch(part -> part.ended().isPresent())) {
                Map<String, Object> detail = new LinkedHashMap<>();
                detail.put(
                        "first", LocalDate.ofEpochDay(all.getFirst().firstDay()).toString());
                detail.put("meters", all.stream().mapToInt(Part::done).sum());
                detail.put("doubts", all.stream().mapToInt(Part::doubts).sum());
                String day = LocalDate.ofEpochDay(lastDay).toString();
                events.append(tx, new Event(clock.instant(), "vee.validated", "system", "day:" + day, detail));
            }
            return lastDay;
        });
    }

    /** Does days again for which readings came after their run. */
    private void late(Instant end) {
        List<Store.Late> late = database.inTransaction(tx -> store.late(tx, MOST_LATE));
        for (Store.Late one : late) {
            if (real.instant().isBefore(end)) {
                database.inTransaction(tx -> {
                    again(tx, one.meter(), one.firstDay(), one.lastDay());
                    store.done(tx, one);
                    return one;
                });
            }
        }
    }

    /** Validates days of a meter anew, as far as they have been validated. */
    void again(Handle tx, String meter, int firstDay, int lastDay) {
        int reached = parts.reached(tx).orElse(Integer.MIN_VALUE);
        if (firstDay <= reached) {
            int last = Math.min(lastDay, reached);
            slice.run(tx, List.of(meter), firstDay, last, reached, store.profiles(tx, firstDay));
        }
    }

    /** Notes days whose run is over, or under way, and to which readings have come. */
    void came(Handle tx, Map<String, List<Instant>> instants) {
        long today = calendar.startMs(calendar.dayOf(clock.millis()));
        boolean old =
                instants.values().stream().flatMap(List::stream).anyMatch(at -> at.toEpochMilli() - BEYOND_MS < today);
        if (!old) {
            return;
        }
        int reached = parts.reached(tx).orElse(Integer.MIN_VALUE);
        instants.forEach((meter, all) -> all.stream()
                // The first readings of a day bear on the last hour of the day before.
                .flatMap(at -> Stream.of(at.toEpochMilli(), at.toEpochMilli() - BEYOND_MS))
                .map(calendar::dayOf)
                .filter(day -> day <= reached)
                .distinct()
                .forEach(day -> store.late(tx, meter, day)));
    }
}
