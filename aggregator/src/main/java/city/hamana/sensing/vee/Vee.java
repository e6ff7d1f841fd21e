package city.hamana.sensing.vee;

import city.hamana.capability.rules.Rules;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.ServiceModule;
import city.hamana.sensing.inflow.OffDays;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.readings.SeriesInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What counts of every meter's use, hour by hour: validated, estimated where it is missing, edited where it is wrong. */
public final class Vee implements ServiceModule {
    private static final Duration LOOK_EVERY = Duration.ofMinutes(5);
    private static final int MOST_METERS = 100_000;
    private static final int SLICE = 500;

    private final Database database;
    private final Readings readings;
    private final Registers registers;
    private final CityDays calendar;
    private final MonthStore months;
    private final Store store = new Store();
    private final Parts parts = new Parts();
    private final Runs runs;
    private final Editing editing;
    private final VeePages pages;

    /**
     * The module over its tables.
     *
     * @param clock the city's: its days are cut by it
     * @param real real time, for how long a run may go on
     */
    public Vee(
            Database database,
            Events events,
            Html html,
            Clock clock,
            InstantSource real,
            Rules rules,
            OffDays offDays,
            Readings readings) {
        this(database, events, html, clock, real, rules, offDays, readings, Runs.SLICE);
    }

    /** @param sliceMeters how many meters one transaction does */
    Vee(
            Database database,
            Events events,
            Html html,
            Clock clock,
            InstantSource real,
            Rules rules,
            OffDays offDays,
            Readings readings,
            int sliceMeters) {
        this.database = database;
        this.readings = readings;
        this.registers = new Registers(readings);
        this.calendar = new CityDays(clock.getZone(), offDays);
        this.months = new MonthStore(calendar);
        Edits edits = new Edits();
        Slice slice = new Slice(readings, rules, calendar, months, store, edits);
        this.runs = new Runs(database, events, readings, clock, real, calendar, slice, parts, store, sliceMeters);
        this.editing = new Editing(events, clock, calendar, edits, runs);
        this.pages = new VeePages(database, events, html, real, readings, this);
        rules.table(Vee.class, "vee-bore");
        rules.table(Vee.class, "vee-filling");
        rules.table(Vee.class, "vee-limits");
        readings.watch(runs::came);
    }

    @Override
    public String name() {
        return "vee";
    }

    @Override
    public void routes(Routes routes) {
        pages.routes(routes);
    }

    @Override
    public List<Door> doors() {
        return List.of(new Door("/staff/water/vee", "vee.door", Role.STAFF, Door.Group.WORK));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.schedule("vee", LOOK_EVERY, this::turn);
    }

    /**
     * Does what is due: days that are over, from three in the morning by the city's clock, and days to which readings came
     * late. For four minutes at most; what is left is done at the next turn.
     */
    public void turn() {
        runs.turn();
    }

    /** The last day of the city of which every meter has been validated; empty before the first. */
    public Optional<LocalDate> validatedTo() {
        List<Part> newest = database.inTransaction(parts::newest);
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        boolean done = newest.stream().allMatch(part -> part.ended().isPresent());
        Part one = newest.getFirst();
        return Optional.of(LocalDate.ofEpochDay(done ? one.lastDay() : one.firstDay() - 1L));
    }

    Editing editing() {
        return editing;
    }

    Store store() {
        return store;
    }

    List<Part> newestRun(Handle tx) {
        return parts.newest(tx);
    }

    /** Writes down what is known of a meter; by it, its thresholds are chosen. */
    public void describe(Handle tx, MeterFacts facts) {
        store.describe(tx, facts);
    }

    /** What is known of all meters of which anything was told. */
    public Map<String, MeterFacts> facts(Handle tx) {
        return store.facts(tx);
    }

    /** What is known of a meter. */
    public MeterFacts facts(Handle tx, String meter) {
        return store.facts(tx, List.of(meter)).getOrDefault(meter, MeterFacts.unknown(meter));
    }

    /**
     * The use of each hour of a meter. Of days that have not been validated yet, what the registers say plainly.
     *
     * @param from a full hour
     * @param hours how many, 0 or more
     */
    public List<Use> hours(String meter, Instant from, int hours) {
        return hours(List.of(Stretch.whole(meter)), from, hours);
    }

    /**
     * The use of each hour in one place, whichever meter was in.
     *
     * @param stretches the meters in order of time, at least one
     * @param from a full hour
     * @param hours how many, 0 or more
     */
    public List<Use> hours(List<Stretch> stretches, Instant from, int hours) {
        List<Use> uses = new ArrayList<>(Collections.nCopies(hours, new Use.NotYet()));
        database.inTransaction(tx -> {
            stretches.forEach(stretch -> validated(tx, stretch, from, uses));
            return hours;
        });
        int first = uses.indexOf(new Use.NotYet());
        if (first >= 0) {
            plain(stretches, from, uses, first, uses.lastIndexOf(new Use.NotYet()) + 1);
        }
        return uses;
    }

    /**
     * What a meter's registers say plainly, neither judged nor estimated: for meters of the network, behind which nobody lives
     * whose habits could tell what is right.
     *
     * @param from any instant; each hour begins a whole number of hours after it
     * @param hours how many, 0 or more
     */
    public List<Use> registered(String meter, Instant from, int hours) {
        List<Use> uses = new ArrayList<>(Collections.nCopies(hours, new Use.NotYet()));
        plain(List.of(Stretch.whole(meter)), from, uses, 0, hours);
        return uses;
    }

    /** Puts in the hours that lie wholly within a meter's stretch and were validated. */
    private void validated(Handle tx, Stretch stretch, Instant from, List<Use> uses) {
        long begin = from.toEpochMilli();
        long end = begin + uses.size() * SampleChecks.HOUR_MS;
        Book book = months.book(
                tx, stretch.meter(), CityDays.monthOf(calendar.dayOf(begin)), CityDays.monthOf(calendar.dayOf(end)));
        long to = stretch.to().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
        for (int i = 0; i < uses.size() && !book.isEmpty(); i++) {
            long at = begin + i * SampleChecks.HOUR_MS;
            if (at >= stretch.from().toEpochMilli() && at + SampleChecks.HOUR_MS <= to) {
                uses.set(i, book.use(at));
            }
        }
    }

    /** What the registers say of hours that were not validated yet, or in which a meter was exchanged. */
    private void plain(List<Stretch> stretches, Instant from, List<Use> uses, int first, int to) {
        Duration beyond = Hours.WIDEST_STEP;
        Instant begin = from.plus(Duration.ofHours(first));
        Instant end = from.plus(Duration.ofHours(to));
        List<Sample> samples = registers.joined(
                stretches, begin.minus(beyond), end.plus(beyond).plusMillis(1));
        String meter = stretches.getLast().meter();
        List<Use> plain = markedByWhatCameLater(meter, Hours.of(samples, begin, to - first), begin);
        for (int i = first; i < to; i++) {
            if (uses.get(i) instanceof Use.NotYet) {
                uses.set(i, plain.get(i - first));
            }
        }
    }

    /**
     * All meters' hours from the start of {@code first} to the end of {@code last}, days of the city, one meter after the
     * other in the order of their names; the first 100,000 meters. No transaction is open while the reader is called, and
     * the hours are to be read before it returns.
     */
    public void each(LocalDate first, LocalDate last, MeterHours reader) {
        int firstDay = (int) first.toEpochDay();
        int lastDay = (int) last.toEpochDay();
        Instant from = Instant.ofEpochMilli(calendar.startMs(firstDay));
        int hours = (int) ((calendar.startMs(lastDay + 1) - from.toEpochMilli()) / SampleChecks.HOUR_MS);
        List<String> meters = readings.having(Set.of(Quantity.VOLUME), MOST_METERS).stream()
                .map(SeriesInfo::meter)
                .sorted()
                .toList();
        for (int i = 0; i < meters.size(); i += SLICE) {
            List<String> some = meters.subList(i, Math.min(meters.size(), i + SLICE));
            Map<String, Book> books = database.inTransaction(
                    tx -> months.books(tx, some, CityDays.monthOf(firstDay), CityDays.monthOf(lastDay)));
            for (String meter : some) {
                Book book = books.get(meter);
                // Days are validated one after the other: before the first of them there was no meter.
                List<Use> uses =
                        book.validated(lastDay) ? book.hours(from.toEpochMilli(), hours) : hours(meter, from, hours);
                reader.read(meter, from, uses);
            }
        }
    }

    /** Where there are later readings, what has not come by now is a gap. */
    private List<Use> markedByWhatCameLater(String meter, List<Use> uses, Instant from) {
        if (uses.stream().noneMatch(Use.NotYet.class::isInstance)) {
            return uses;
        }
        Optional<Instant> newest = readings.newest(meter, Quantity.VOLUME).map(Sample::at);
        List<Use> marked = new ArrayList<>(uses);
        for (int i = 0; i < marked.size(); i++) {
            Instant end = from.plus(Duration.ofHours(i + 1L));
            if (marked.get(i) instanceof Use.NotYet
                    && newest.filter(end::isBefore).isPresent()) {
                marked.set(i, new Use.Missing());
            }
        }
        return marked;
    }
}
