package city.hamana.sensing.vee;

import city.hamana.messages.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Validates, estimates and edits days of one meter, in the order that keeps estimates honest: what is invalid goes first,
 * then gaps are found, then they are filled: from the register where it spans them, on a straight line where they are
 * short, as like days went, as like meters went.
 */
final class Engine {
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final int LEAST_STEPS = 5;

    private final Order order;
    private final Book book;
    private final CityDays calendar;
    private final long startMs;
    private final int hours;
    private final Cleaning.Cleaned cleaned;
    private final Map<Integer, Map<Code, Doubt>> doubts = new TreeMap<>();

    /** How like meters went on a day. */
    interface Profiles {
        /** The profile for a day; {@link Profile#NONE} where there is none. */
        Profile on(int day);
    }

    /**
     * What is to be done.
     *
     * @param book the meter's months of these days and of the four weeks before; it is written to
     * @param samples its registers over these days and 90 minutes more at both ends; where there are none at an end, with
     *     the next one beyond
     * @param reverse readings of the second register from two days before on
     */
    record Order(
            MeterFacts facts,
            Limits limits,
            Book book,
            List<Sample> samples,
            List<Sample> reverse,
            Set<Instant> conflicts,
            List<Edit> edits,
            Profiles profiles,
            int firstDay,
            int lastDay) {}

    private Engine(Order order) {
        this.order = order;
        book = order.book;
        calendar = book.calendar();
        startMs = calendar.startMs(order.firstDay);
        hours = (int) ((calendar.startMs(order.lastDay + 1) - startMs) / SampleChecks.HOUR_MS);
        cleaned = Cleaning.of(order.samples, order.conflicts, order.limits);
    }

    /** Does it; what was found, by day. */
    static Map<Integer, Map<Code, Doubt>> run(Order order) {
        Engine engine = new Engine(order);
        long[] counted = engine.measure();
        engine.fill();
        engine.edit();
        engine.cleaned.doubts().forEach(engine::note);
        for (int day = order.firstDay; day <= order.lastDay; day++) {
            engine.check(day, counted[day - order.firstDay]);
        }
        return engine.doubts;
    }

    /** Writes what the register says of each hour; what it says of each day, or -1. */
    private long[] measure() {
        History history = new History(book, order.firstDay, order.limits.number("like-days"));
        Curve curve = new Curve(
                cleaned.registers(),
                at -> 1 + Math.max(0, usual(history, at)),
                order.limits.number("gap-days") * DAY_MS);
        Curve.Hour[] all = curve.hours(startMs, hours);
        long[] counted = new long[order.lastDay - order.firstDay + 1];
        int day = order.firstDay;
        for (int i = 0; i < hours; i++) {
            long at = startMs + i * SampleChecks.HOUR_MS;
            if (at >= calendar.startMs(day + 1)) {
                day++;
            }
            replaced(at, all[i]);
            book.set(at, all[i].millilitres(), all[i].state());
            int place = day - order.firstDay;
            boolean known = all[i].state() > Origin.DECREASED && counted[place] >= 0;
            counted[place] = known ? counted[place] + all[i].millilitres() : -1;
        }
        return counted;
    }

    /** A better measurement has come for what was estimated. */
    private void replaced(long at, Curve.Hour now) {
        int before = book.state(at);
        if (before > Origin.DECREASED
                && Origin.ofNumber(before).estimated()
                && now.state() > Origin.DECREASED
                && Origin.ofNumber(now.state()).evidence()) {
            note(new Doubt(Code.REPLACED, Instant.ofEpochMilli(at), 1, now.millilitres(), 0));
        }
    }

    /** What usually runs in the hour that holds an instant: own like days, else like meters; -1 where unknown. */
    private long usual(History history, long at) {
        int day = calendar.dayOf(at);
        int hour = (int) ((at - calendar.startMs(day)) / SampleChecks.HOUR_MS);
        long own = history.likeDays(day, hour);
        return own >= 0 ? own : profile(day, hour);
    }

    private long profile(int day, int hour) {
        Profile profile = order.profiles.on(day);
        return profile.usable() ? profile.mean(Math.min(hour, Profile.HOURS - 1)) : -1;
    }

    private void fill() {
        for (int i = 0; i < hours; ) {
            int end = i;
            while (end < hours && book.state(startMs + end * SampleChecks.HOUR_MS) <= Origin.DECREASED) {
                end++;
            }
            if (end > i) {
                fill(startMs + i * SampleChecks.HOUR_MS, end - i);
            }
            i = end + 1;
        }
    }

    private void fill(long from, int count) {
        long left = book.evidence(from - SampleChecks.HOUR_MS);
        long right = book.evidence(from + count * SampleChecks.HOUR_MS);
        if (count <= order.limits.number("linear-hours") && left >= 0 && right >= 0) {
            for (int i = 0; i < count; i++) {
                long between = left + (right - left) * (i + 1) / (count + 1);
                book.set(from + i * SampleChecks.HOUR_MS, between, Origin.LINEAR.number());
            }
            return;
        }
        History history = new History(book, calendar.dayOf(from), order.limits.number("like-days"));
        for (int i = 0; i < count; i++) {
            guess(history, from + i * SampleChecks.HOUR_MS);
        }
    }

    private void guess(History history, long at) {
        if (!fillable(at) || order.facts.closedAt(at)) {
            return;
        }
        int day = calendar.dayOf(at);
        int hour = (int) ((at - calendar.startMs(day)) / SampleChecks.HOUR_MS);
        long own = history.likeDays(day, hour);
        long like = own >= 0 ? -1 : profile(day, hour);
        if (own >= 0) {
            book.set(at, own, Origin.LIKE_DAYS.number());
        } else if (like >= 0) {
            book.set(at, like, Origin.PROFILE.number());
        }
    }

    /** Whether a reading came before, and the gap that this lies in is not too long. */
    private boolean fillable(long at) {
        int before = last(at);
        if (before < 0) {
            return false;
        }
        List<Register> registers = cleaned.registers();
        long after = before + 1 < registers.size() ? registers.get(before + 1).at() : at;
        return after - registers.get(before).at() <= order.limits.number("gap-days") * DAY_MS;
    }

    /** Number of the last register at or before an instant; -1 for none. */
    private int last(long instant) {
        int low = 0;
        int high = cleaned.registers().size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cleaned.registers().get(middle).at() <= instant) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private void edit() {
        for (Edit edit : order.edits) {
            long from = edit.from().toEpochMilli();
            for (int i = 0; i < edit.millilitres().size(); i++) {
                long at = from + i * SampleChecks.HOUR_MS;
                if (at >= startMs && at < startMs + hours * SampleChecks.HOUR_MS) {
                    book.set(at, edit.millilitres().get(i), Origin.EDITED.number());
                }
            }
        }
    }

    private void note(Doubt doubt) {
        int day = calendar.dayOf(doubt.at().toEpochMilli());
        if (day >= order.firstDay && day <= order.lastDay) {
            doubts.computeIfAbsent(day, d -> new EnumMap<>(Code.class)).merge(doubt.code(), doubt, Doubt::and);
        }
    }

    private void check(int day, long counted) {
        DayView view = new DayView(
                day,
                book,
                order.facts,
                order.limits,
                counted,
                silentSince(day),
                cleaned.registers().isEmpty()
                        ? Long.MAX_VALUE
                        : cleaned.registers().getFirst().at(),
                same(day),
                step(day),
                reverse(day),
                siblingExpected(day),
                DayFigures.of(book, day),
                new History(book, day, order.limits.number("like-days")).figures());
        for (Function<DayView, Optional<Doubt>> check : DayChecks.ALL) {
            check.apply(view).ifPresent(this::note);
        }
        int codes = Code.VALIDATED;
        for (Code code : doubts.getOrDefault(day, Map.of()).keySet()) {
            codes |= code.mask();
        }
        book.codes(day, codes);
    }

    private long silentSince(int day) {
        int last = last(calendar.startMs(day + 1));
        return last < 0 ? 0 : cleaned.registers().get(last).at();
    }

    /** The longest run of one difference, from the reading before the day to the one after it. */
    private int same(int day) {
        int to = Math.min(cleaned.registers().size() - 1, last(calendar.startMs(day + 1)) + 1);
        int longest = 0;
        int run = 0;
        long before = 0;
        for (int i = Math.max(1, last(calendar.startMs(day))); i <= to; i++) {
            long amount = cleaned.registers().get(i).millilitres()
                    - cleaned.registers().get(i - 1).millilitres();
            run = amount > 0 && amount == before ? run + 1 : 1;
            longest = amount > 0 ? Math.max(longest, run) : longest;
            before = amount;
        }
        return longest;
    }

    /** Of a register that counts in litres, a litre; of one that suddenly counts ten times as much, ten. */
    private long step(int day) {
        long common = 0;
        int different = 0;
        int to = last(calendar.startMs(day + 1));
        for (int i = Math.max(1, last(calendar.startMs(day)) + 1); i <= to; i++) {
            long amount = cleaned.registers().get(i).millilitres()
                    - cleaned.registers().get(i - 1).millilitres();
            different += amount > 0 ? 1 : 0;
            common = amount > 0 ? gcd(amount, common) : common;
        }
        return different >= LEAST_STEPS ? common : 0;
    }

    private static long gcd(long one, long other) {
        return other == 0 ? one : gcd(other, one % other);
    }

    /** Whether the second register came in the two days before. */
    private boolean siblingExpected(int day) {
        long start = calendar.startMs(day);
        return order.reverse.stream()
                .mapToLong(sample -> sample.at().toEpochMilli())
                .anyMatch(at -> at < start && at >= start - 2 * DAY_MS);
    }

    /** The second register's readings of a day, with the last one before it. */
    private List<Sample> reverse(int day) {
        if (order.reverse.isEmpty()) {
            return List.of();
        }
        Instant start = Instant.ofEpochMilli(calendar.startMs(day));
        Instant end = Instant.ofEpochMilli(calendar.startMs(day + 1));
        List<Sample> of = new ArrayList<>();
        for (Sample sample : order.reverse) {
            if (sample.at().isBefore(start)) {
                of.clear();
                of.add(sample);
            } else if (sample.at().isBefore(end)) {
                of.add(sample);
            }
        }
        return of;
    }
}
