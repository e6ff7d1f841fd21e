package city.hamana.service.network;

import city.hamana.platform.db.Database;
import city.hamana.sensing.leaks.Leak;
import city.hamana.sensing.vee.Use;
import city.hamana.sensing.vee.Vee;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Brings every district up to date: its hours, its nights, its forecasts, its leak watch, and what its meters used. Each piece
 * is one transaction, so a turn that was killed is gone on with where it ended.
 */
final class Keeping {
    /** A hole in the hours may still be filled by what the edge sends after the fresh; so long the watch waits for it. */
    static final Duration PATIENCE = Duration.ofHours(24);

    private static final Duration LONGEST_TURN = Duration.ofMinutes(3);
    private static final int HOURS_AT_A_TIME = 31 * 24;
    private static final int MOST_BACK_HOURS = 400 * 24;
    private static final int LOOK_AGAIN_HOURS = 72;
    private static final int LOOK_AGAIN_DAILY_HOURS = 60 * 24;
    private static final int NIGHTS_BACK = 90;
    private static final int FORECAST_DAYS = 7;
    /** A watch that is told anew is told no more than twice this. */
    private static final int TOLD_HOURS = 400 * 24;

    private static final int USE_BACK_DAYS = 90;
    private static final int USE_AGAIN_DAYS = 8;

    private final Database database;
    private final Clock clock;
    private final InstantSource real;
    private final Vee vee;
    private final Districts districts;
    private final Flows flows;
    private final Inflow inflow;
    private final Expected expected;
    private final Watch watch;
    private final Leaks leaks;
    private Optional<LocalDate> usedAgain = Optional.empty();

    /**
     * @param clock the city's
     * @param real real time, for how long a turn may go on
     */
    Keeping(
            Database database,
            Clock clock,
            InstantSource real,
            Vee vee,
            Districts districts,
            Flows flows,
            Inflow inflow,
            Expected expected,
            Watch watch,
            Leaks leaks) {
        this.database = database;
        this.clock = clock;
        this.real = real;
        this.vee = vee;
        this.districts = districts;
        this.flows = flows;
        this.inflow = inflow;
        this.expected = expected;
        this.watch = watch;
        this.leaks = leaks;
    }

    /** Does what is due, for three minutes at most; what is left is done at the next turn. */
    void turn() {
        Instant end = real.instant().plus(LONGEST_TURN);
        for (Cursor cursor : database.inTransaction(districts::cursors)) {
            boolean more = true;
            while (more && real.instant().isBefore(end)) {
                more = district(cursor.dma());
            }
        }
        boolean more = true;
        while (more && real.instant().isBefore(end)) {
            more = use();
        }
    }

    /** One piece of a district; whether there is more to do. */
    private boolean district(String dma) {
        List<Inlet> inlets = database.inTransaction(tx -> districts.inlets(tx, dma));
        if (inlets.isEmpty()) {
            return false;
        }
        Cursor cursor = database.inTransaction(tx -> districts.cursor(tx, dma));
        boolean more = hours(cursor, inlets);
        if (!more) {
            nights(dma, inlets);
            forecasts(dma);
        }
        return watch(dma) || more;
    }

    // --- Hours -----------------------------------------------------------------------------------------------------

    /** Takes the next hours, and again those of which something may have come late. True while it has not come to the present. */
    private boolean hours(Cursor cursor, List<Inlet> inlets) {
        long now = hour(clock.instant());
        long today = LocalDate.now(clock).toEpochDay();
        Optional<Long> first = inflow.firstHour(inlets);
        if (first.isEmpty()) {
            return false;
        }
        long least = Math.max(cursor.begun(), Math.max(first.get(), now - MOST_BACK_HOURS));
        if (cursor.lookedDay() >= 0 && cursor.lookedDay() != today) {
            again(cursor.dma(), inlets, Math.max(least, cursor.hoursTo() - LOOK_AGAIN_DAILY_HOURS), cursor.hoursTo());
        }
        long next = Math.max(least, cursor.hoursTo());
        long from = cursor.hoursTo() == 0 ? next : Math.max(least, next - LOOK_AGAIN_HOURS);
        long to = Math.min(now, next + HOURS_AT_A_TIME);
        if (from >= to) {
            return false;
        }
        Inflow.Looked looked = inflow.hours(inlets, from, to);
        long reached = Math.max(next, looked.to());
        boolean moved = database.holds(tx -> {
            boolean same = districts.hoursTo(tx, cursor, reached, today);
            if (same) {
                flows.add(tx, cursor.dma(), looked.known());
            }
            return same;
        });
        return moved && reached > cursor.hoursTo() && reached == to && to < now;
    }

    /** Once a day: what came late within the last sixty. */
    private void again(String dma, List<Inlet> inlets, long from, long to) {
        if (from < to) {
            Inflow.Looked looked = inflow.hours(inlets, from, to);
            database.inTransaction(tx -> flows.add(tx, dma, looked.known()));
        }
    }

    private static long hour(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), Hour.MS);
    }

    private long hour(LocalDate day) {
        return hour(day.atStartOfDay(zone()).toInstant());
    }

    private ZoneId zone() {
        return clock.getZone();
    }

    // --- Nights and forecasts --------------------------------------------------------------------------------------

    private void nights(String dma, List<Inlet> inlets) {
        LocalDate today = LocalDate.now(clock);
        LocalDate from = today.minusDays(NIGHTS_BACK);
        Cursor cursor = database.inTransaction(tx -> districts.cursor(tx, dma));
        NavigableMap<LocalDate, Long> held =
                database.inTransaction(tx -> flows.nights(tx, from)).getOrDefault(dma, new TreeMap<>());
        Optional<Long> first = inflow.firstHour(inlets);
        for (LocalDate day = from; !day.isAfter(today); day = day.plusDays(1)) {
            LocalDate night = day;
            boolean there = first.filter(one -> hour(night) >= Math.max(one, cursor.begun()))
                            .isPresent()
                    && hour(night) + 4 <= cursor.hoursTo();
            if (there && !held.containsKey(day)) {
                OptionalLong litres = inflow.night(inlets, day, zone());
                litres.ifPresent(one -> database.inTransaction(tx -> {
                    flows.night(tx, dma, night, one);
                    return one;
                }));
            }
        }
    }

    /** Of today and the last days, each from the hours before it. */
    private void forecasts(String dma) {
        LocalDate today = LocalDate.now(clock);
        Cursor cursor = database.inTransaction(tx -> districts.cursor(tx, dma));
        NavigableMap<LocalDate, double[]> held = database.inTransaction(
                        tx -> flows.forecasts(tx, today.minusDays(FORECAST_DAYS)))
                .getOrDefault(dma, new TreeMap<>());
        for (int back = FORECAST_DAYS; back >= 0; back--) {
            LocalDate day = today.minusDays(back);
            if (!held.containsKey(day) && hour(day) <= cursor.hoursTo()) {
                List<Hour> before = database.inTransaction(tx -> flows.hours(
                        tx, dma, Math.max(cursor.begun(), hour(day.minusDays(Expected.HISTORY_DAYS))), hour(day)));
                expected.of(day, before)
                        .ifPresent(litres -> database.inTransaction(tx -> {
                            flows.forecast(tx, dma, day, litres);
                            return day;
                        }));
            }
        }
    }

    // --- The watch -------------------------------------------------------------------------------------------------

    /** Tells the watch what it has not seen, up to an hour that may still come. True while there is more. */
    private boolean watch(String dma) {
        Cursor cursor = database.inTransaction(tx -> districts.cursor(tx, dma));
        Instant now = clock.instant();
        long from = Math.max(cursor.watchFrom(), cursor.watchedTo());
        List<Hour> known = database.inTransaction(tx -> flows.hours(tx, dma, from, cursor.hoursTo()));
        boolean patient =
                cursor.waits().map(since -> now.isBefore(since.plus(PATIENCE))).orElse(true);
        List<Hour> further = patient ? untilHole(known, from) : known;
        boolean holes = patient && further.size() < known.size();
        List<Hour> some = further.subList(0, Math.min(HOURS_AT_A_TIME, further.size()));
        Optional<Instant> waits = waits(cursor, holes, some.size() < further.size(), now);
        if (some.isEmpty() && waits.equals(cursor.waits())) {
            return false;
        }
        Cursor begun = begun(cursor, some);
        watch.tell(
                begun,
                () -> database.inTransaction(tx -> told(tx, begun)),
                some,
                found -> stored(begun, cursor, some, waits, found));
        return some.size() < further.size();
    }

    /** Patience that has run out stays so until all that stood behind the holes has been told. */
    private static Optional<Instant> waits(Cursor cursor, boolean holes, boolean more, Instant now) {
        if (holes) {
            return Optional.of(cursor.waits().orElse(now));
        }
        return more ? cursor.waits() : Optional.empty();
    }

    /** The hours that follow each other; before the first one there is no hole. */
    private static List<Hour> untilHole(List<Hour> known, long from) {
        long next = from == 0 && !known.isEmpty() ? known.getFirst().hour() : from;
        int count = 0;
        while (count < known.size() && known.get(count).hour() == next) {
            next++;
            count++;
        }
        return known.subList(0, count);
    }

    /** A watch that has been told for long is, when it begins anew, told the last 400 days only. */
    private static Cursor begun(Cursor cursor, List<Hour> some) {
        long first =
                cursor.watchFrom() == 0 && !some.isEmpty() ? some.getFirst().hour() : cursor.watchFrom();
        boolean longAgo = cursor.watchedTo() - first > 2L * TOLD_HOURS;
        return new Cursor(
                cursor.dma(),
                cursor.begun(),
                cursor.hoursTo(),
                longAgo ? cursor.watchedTo() - TOLD_HOURS : first,
                cursor.watchedTo(),
                cursor.waits(),
                cursor.lookedDay());
    }

    private List<Hour> told(Handle tx, Cursor cursor) {
        return flows.hours(tx, cursor.dma(), cursor.watchFrom(), cursor.watchedTo()).stream()
                .filter(Hour::watched)
                .toList();
    }

    private boolean stored(Cursor begun, Cursor read, List<Hour> some, Optional<Instant> waits, List<Leak> found) {
        long to = some.isEmpty() ? read.watchedTo() : some.getLast().hour() + 1;
        return database.holds(tx -> {
            boolean same = districts.watched(tx, read, begun.watchFrom(), to, waits);
            if (same) {
                flows.watched(tx, read.dma(), some);
                found.forEach(leak -> leaks.found(
                        tx,
                        districts.one(tx, read.dma()).orElseThrow(),
                        watch.instant(leak.detectedAt()),
                        watch.instant(leak.startedAt()),
                        leak.rateM3h(),
                        leak.evidence()));
            }
            return same;
        });
    }

    // --- What the meters used --------------------------------------------------------------------------------------

    /** Some days that have been validated and not been summed up; once a day again the last eight. True while there is more. */
    private boolean use() {
        Optional<LocalDate> validated = vee.validatedTo();
        LocalDate today = LocalDate.now(clock);
        if (validated.isEmpty() || database.inTransaction(districts::all).isEmpty()) {
            return false;
        }
        LocalDate last = validated.get();
        LocalDate least = last.minusDays(USE_BACK_DAYS - 1L);
        LocalDate next = database.inTransaction(flows::lastUse)
                .map(day -> day.plusDays(1))
                .filter(least::isBefore)
                .orElse(least);
        boolean again = usedAgain.filter(today::equals).isEmpty();
        LocalDate from = again && next.isAfter(last) ? last.minusDays(USE_AGAIN_DAYS - 1L) : next;
        if (from.isAfter(last)) {
            return false;
        }
        LocalDate to = from.plusDays(USE_AGAIN_DAYS - 1L).isAfter(last) ? last : from.plusDays(USE_AGAIN_DAYS - 1L);
        use(from, to);
        if (to.equals(last)) {
            usedAgain = Optional.of(today);
        }
        return to.isBefore(last);
    }

    private void use(LocalDate from, LocalDate to) {
        List<LocalDate> days = from.datesUntil(to.plusDays(1)).toList();
        List<Map<String, String>> standing = database.inTransaction(
                tx -> days.stream().map(day -> districts.standing(tx, day)).toList());
        List<Dma> all = database.inTransaction(districts::all);
        List<Map<String, Flows.Used>> used = new ArrayList<>();
        standing.forEach(day -> used.add(nothing(all, day)));
        vee.each(from, to, (meter, begin, hours) -> {
            for (int i = 0; i < days.size(); i++) {
                String dma = standing.get(i).get(meter);
                if (dma != null) {
                    int first = (int) (hour(days.get(i)) - hour(begin));
                    int end = (int) (hour(days.get(i).plusDays(1)) - hour(begin));
                    OptionalLong litres = litres(hours.subList(first, end));
                    if (litres.isPresent()) {
                        used.get(i).compute(dma, (code, sum) -> plus(sum, litres.getAsLong()));
                    }
                }
            }
        });
        database.inTransaction(tx -> {
            for (int i = 0; i < days.size(); i++) {
                flows.used(tx, days.get(i), used.get(i));
            }
            return days;
        });
    }

    /** Districts without a meter too: that their day was reckoned is seen by it. */
    private static Map<String, Flows.Used> nothing(List<Dma> all, Map<String, String> standing) {
        Map<String, Flows.Used> used = new HashMap<>();
        all.forEach(dma -> used.put(dma.code(), new Flows.Used(0, 0, 0)));
        standing.values()
                .forEach(dma -> used.merge(
                        dma, new Flows.Used(0, 0, 1), (a, b) -> new Flows.Used(0, 0, a.meters() + b.meters())));
        return used;
    }

    private static Flows.Used plus(Flows.Used sum, long litres) {
        return new Flows.Used(sum.litres() + litres, sum.known() + 1, sum.meters());
    }

    /** Empty where an hour of the day is not known. */
    private static OptionalLong litres(List<Use> hours) {
        long millilitres = 0;
        for (Use use : hours) {
            if (!(use instanceof Use.Known known)) {
                return OptionalLong.empty();
            }
            millilitres += known.millilitres();
        }
        return OptionalLong.of(Math.round(millilitres / 1e3));
    }
}
