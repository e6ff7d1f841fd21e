package city.hamana.sensing.vee;

import city.hamana.capability.rules.Rules;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.sensing.readings.Conflict;
import city.hamana.sensing.readings.Readings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * Days of some meters, done in one transaction: what is read, reckoned and written stands together or not at all, and
 * doing it twice gives the same.
 */
final class Slice {
    private static final Duration BEYOND = Hours.WIDEST_STEP;
    private static final Duration TWO_DAYS = Duration.ofDays(2);
    private static final int MOST_CONFLICTS = 10_000;

    private final Readings readings;
    private final Rules rules;
    private final CityDays calendar;
    private final MonthStore months;
    private final Store store;
    private final Edits edits;

    Slice(Readings readings, Rules rules, CityDays calendar, MonthStore months, Store store, Edits edits) {
        this.readings = readings;
        this.rules = rules;
        this.calendar = calendar;
        this.months = months;
        this.store = store;
        this.edits = edits;
    }

    /**
     * What came of it.
     *
     * @param profiles how these meters went, for meters like them on later days
     */
    record Done(int doubts, Profiles profiles) {}

    /** What the meters of one slice have in common. */
    private record Shared(
            Map<String, MeterFacts> facts,
            Limits.Asked limits,
            Map<String, List<Sample>> volumes,
            Map<String, List<Sample>> reverse,
            Map<String, Set<Instant>> conflicts,
            Map<String, List<Edit>> edits,
            Profiles profiles,
            int firstDay,
            int lastDay) {}

    /**
     * Validates days of meters.
     *
     * @param meters at most a few hundred
     * @param validatedTo last day that has been validated: a gap that ends later is looked at again up to there
     */
    Done run(Handle tx, List<String> meters, int firstDay, int lastDay, int validatedTo, Profiles profiles) {
        Shared shared = shared(tx, meters, firstDay, lastDay, profiles);
        int oldest = CityDays.monthOf(firstDay - History.DAYS);
        Map<String, Book> books = months.books(tx, meters, oldest, CityDays.monthOf(lastDay));
        Map<String, List<Integer>> known = new TreeMap<>();
        List<MeterDoubt> found = new ArrayList<>();
        Profiles gathered = new Profiles();
        for (String meter : meters) {
            Engine.Order order = order(tx, shared, meter, books.get(meter), validatedTo);
            books.put(meter, order.book());
            known.put(meter, validated(order));
            Engine.run(order)
                    .forEach((day, codes) -> codes.values().stream()
                            .filter(doubt -> doubt.code().weight() != Code.Weight.NOTE)
                            .forEach(doubt -> found.add(new MeterDoubt(day, meter, doubt))));
            gathered.gather(order.facts(), order.book(), firstDay, lastDay);
        }
        store.forget(tx, known);
        store.add(tx, found);
        months.write(tx, books);
        return new Done(found.size(), gathered);
    }

    /** Days that were validated before, and so may have doubts already. */
    private static List<Integer> validated(Engine.Order order) {
        return IntStream.rangeClosed(order.firstDay(), order.lastDay())
                .filter(day -> order.book().validated(day))
                .boxed()
                .toList();
    }

    private Shared shared(Handle tx, List<String> meters, int firstDay, int lastDay, Profiles profiles) {
        Instant from = start(firstDay).minus(BEYOND);
        Instant to = start(lastDay + 1).plus(BEYOND).plusMillis(1);
        Map<String, Set<Instant>> conflicts = new HashMap<>();
        for (Conflict conflict : readings.conflicts(tx, from, to, MOST_CONFLICTS)) {
            if (conflict.kept().quantity() == Quantity.VOLUME) {
                conflicts
                        .computeIfAbsent(conflict.kept().meter(), m -> new HashSet<>())
                        .add(conflict.kept().at());
            }
        }
        return new Shared(
                store.facts(tx, meters),
                new Limits.Asked(tx, rules, LocalDate.ofEpochDay(lastDay)),
                readings.series(tx, meters, Quantity.VOLUME, from, to),
                readings.series(tx, meters, Quantity.REVERSE_VOLUME, from.minus(TWO_DAYS), to),
                conflicts,
                edits.effective(tx, meters, start(firstDay), start(lastDay + 1)),
                profiles,
                firstDay,
                lastDay);
    }

    private Engine.Order order(Handle tx, Shared shared, String meter, Book book, int validatedTo) {
        MeterFacts facts = shared.facts.getOrDefault(meter, MeterFacts.unknown(meter));
        Limits limits = shared.limits.of(facts);
        List<Sample> samples = shared.volumes.getOrDefault(meter, List.of());
        Span span = new Span(shared.firstDay, shared.lastDay, samples);
        Span wider = widened(tx, meter, span, limits, validatedTo);
        boolean other = wider.firstDay != span.firstDay || wider.lastDay != span.lastDay;
        Book of = other ? book(tx, meter, wider) : book;
        List<Edit> edited = other
                ? edits.effective(tx, List.of(meter), start(wider.firstDay), start(wider.lastDay + 1))
                        .getOrDefault(meter, List.of())
                : shared.edits.getOrDefault(meter, List.of());
        return new Engine.Order(
                facts,
                limits,
                of,
                wider.samples,
                shared.reverse.getOrDefault(meter, List.of()),
                shared.conflicts.getOrDefault(meter, Set.of()),
                edited,
                shared.profiles.of(facts, calendar),
                wider.firstDay,
                wider.lastDay);
    }

    private Book book(Handle tx, String meter, Span span) {
        return months.book(tx, meter, CityDays.monthOf(span.firstDay - History.DAYS), CityDays.monthOf(span.lastDay));
    }

    /** Days and the readings that bear on them. */
    private record Span(int firstDay, int lastDay, List<Sample> samples) {}

    /**
     * Where a gap reaches over the edge of the days, the days over which it lies: with the reading at its other end, what
     * ran through over the gap is known, and takes the place of what was estimated before.
     */
    private Span widened(Handle tx, String meter, Span span, Limits limits, int validatedTo) {
        Instant start = start(span.firstDay);
        Instant end = start(span.lastDay + 1);
        Duration longest = Duration.ofDays(limits.number("gap-days") + 1L);
        boolean opens = span.samples.isEmpty() || span.samples.getFirst().at().isAfter(start);
        boolean closes = span.samples.isEmpty() || span.samples.getLast().at().isBefore(end);
        List<Sample> before = opens ? some(tx, meter, start.minus(longest), start.minus(BEYOND)) : List.of();
        List<Sample> after = closes && validatedTo > span.lastDay
                ? some(tx, meter, end.plus(BEYOND), start(validatedTo + 1).plus(BEYOND))
                : List.of();
        boolean joined = !before.isEmpty() && (!span.samples.isEmpty() || !after.isEmpty());
        int first = joined ? Math.min(span.firstDay, day(before.getLast())) : span.firstDay;
        int last =
                after.isEmpty() ? span.lastDay : Math.max(span.lastDay, Math.min(validatedTo, day(after.getFirst())));
        List<Sample> all = new ArrayList<>();
        // A meter that is still silent keeps its last reading in sight, so that it is known since when.
        Instant from = joined || before.isEmpty()
                ? start(first).minus(BEYOND)
                : before.getLast().at();
        before.stream().filter(s -> !s.at().isBefore(from)).forEach(all::add);
        all.addAll(span.samples);
        Instant to = start(last + 1).plus(BEYOND);
        after.stream().filter(s -> !s.at().isAfter(to)).forEach(all::add);
        return new Span(first, last, all);
    }

    private List<Sample> some(Handle tx, String meter, Instant from, Instant to) {
        return readings.series(tx, List.of(meter), Quantity.VOLUME, from, to).getOrDefault(meter, List.of());
    }

    private int day(Sample sample) {
        return calendar.dayOf(sample.at().toEpochMilli());
    }

    private Instant start(int day) {
        return Instant.ofEpochMilli(calendar.startMs(day));
    }
}
