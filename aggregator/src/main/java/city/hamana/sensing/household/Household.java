package city.hamana.sensing.household;

import city.hamana.capability.rules.Rules;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.ServiceModule;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.readings.SeriesInfo;
import city.hamana.sensing.vee.MeterFacts;
import city.hamana.sensing.vee.Use;
import city.hamana.sensing.vee.Vee;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Looks for leaks behind every meter, each day once it has been validated. */
public final class Household implements ServiceModule {
    private static final Duration LOOK_EVERY = Duration.ofMinutes(5);
    private static final int MOST_OPEN = 100_000;
    private static final int MOST_METERS = 100_000;
    private static final int AT_A_TIME = 5_000;

    /** Further back than this nothing is looked at any more: what lasts is found anyway. */
    private static final int MOST_DAYS = 30;

    private final Database database;
    private final Events events;
    private final Clock clock;
    private final Rules rules;
    private final Readings readings;
    private final Vee vee;
    private final Findings findings = new Findings();
    private Supplier<Set<String>> apart = Set::of;

    /** @param clock the city's: its days are cut by it */
    public Household(Database database, Events events, Clock clock, Rules rules, Readings readings, Vee vee) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.rules = rules;
        this.readings = readings;
        this.vee = vee;
        rules.table(Household.class, Thresholds.TABLE);
    }

    @Override
    public String name() {
        return "household";
    }

    @Override
    public void routes(Routes routes) {}

    @Override
    public void jobs(Jobs jobs) {
        jobs.schedule("household", LOOK_EVERY, this::turn);
    }

    /** Names meters behind which is no home but a part of the network: they never rest, and are not looked at. Asked at each look. */
    public void leaveOut(Supplier<Set<String>> meters) {
        apart = meters;
    }

    /** What lasts at a meter, the oldest first. */
    public List<Finding> open(Handle tx, String meter) {
        return findings.open(tx, meter);
    }

    /** What lasts in the whole city, by meter; the first {@code most}. */
    public List<Finding> open(Handle tx, int most) {
        return findings.open(tx, most);
    }

    /** What was found at a meter, lasting or ended, the newest first. */
    public List<Finding> of(Handle tx, String meter, int most) {
        return findings.of(tx, meter, most);
    }

    /** Looks at the days that were validated and not looked at yet. */
    public void turn() {
        Optional<LocalDate> validated = vee.validatedTo();
        if (validated.isEmpty()) {
            return;
        }
        int last = (int) validated.get().toEpochDay();
        OptionalInt done = database.inTransaction(findings::lastDay);
        int first = Math.max(last - MOST_DAYS, done.orElse(Integer.MIN_VALUE) + 1);
        for (int day = first; day <= last; day++) {
            look(day);
        }
    }

    /** What the detectors say of one meter, and what stood before. */
    private record Judged(String meter, Map<Finding.Kind, Verdict> verdicts) {}

    /** Looks at one day of all meters; what has changed is written at its end, in one transaction. */
    void look(int day) {
        Map<String, Map<Finding.Kind, Finding>> open = new HashMap<>();
        Map<String, MeterFacts> facts = new HashMap<>();
        database.inTransaction(tx -> {
            findings.open(tx, MOST_OPEN)
                    .forEach(one -> open.computeIfAbsent(one.meter(), m -> new EnumMap<>(Finding.Kind.class))
                            .put(one.kind(), one));
            facts.putAll(vee.facts(tx));
            return tx;
        });
        LocalDate date = LocalDate.ofEpochDay(day);
        Map<String, List<Sample>> reverse = second(Quantity.REVERSE_VOLUME, date, Duration.ofDays(1));
        Map<String, List<Sample>> alarms = second(Quantity.METER_ALARMS, date, Duration.ZERO);
        Thresholds.Asked asked = database.inTransaction(tx -> prepared(tx, date, facts));
        List<Judged> judged = new ArrayList<>();
        int[] meters = new int[1];
        Set<String> left = apart.get();
        vee.each(date.minusDays(Detectors.DAYS - 1L), date, (meter, from, hours) -> {
            if (left.contains(meter)) {
                return;
            }
            meters[0]++;
            Map<Finding.Kind, Finding> standing = open.getOrDefault(meter, Map.of());
            Thresholds limits = asked.of(facts.getOrDefault(meter, MeterFacts.unknown(meter)));
            Map<Finding.Kind, Verdict> verdicts = verdicts(hours, from, limits, standing);
            verdicts.put(Finding.Kind.REVERSE, Detectors.reverse(reverse.getOrDefault(meter, List.of()), limits));
            verdicts.put(Finding.Kind.ALARM, Detectors.alarm(alarms.getOrDefault(meter, List.of())));
            verdicts.values().removeIf(Verdict.Unknown.class::isInstance);
            verdicts.entrySet()
                    .removeIf(one -> one.getValue() instanceof Verdict.Off && !standing.containsKey(one.getKey()));
            if (!verdicts.isEmpty()) {
                judged.add(new Judged(meter, verdicts));
            }
        });
        database.inTransaction(tx -> written(tx, day, meters[0], judged, open));
    }

    /** All classes of meters are asked for while a transaction is open. */
    private Thresholds.Asked prepared(Handle tx, LocalDate date, Map<String, MeterFacts> facts) {
        Thresholds.Asked asked = new Thresholds.Asked(tx, rules, date);
        facts.values().forEach(asked::of);
        asked.of(MeterFacts.unknown("none"));
        return asked;
    }

    private static Map<Finding.Kind, Verdict> verdicts(
            List<Use> hours, Instant from, Thresholds limits, Map<Finding.Kind, Finding> standing) {
        long[] measured = Detectors.measured(hours);
        Optional<Instant> night =
                Optional.ofNullable(standing.get(Finding.Kind.NIGHT)).map(Finding::since);
        Map<Finding.Kind, Verdict> verdicts = new EnumMap<>(Finding.Kind.class);
        verdicts.put(Finding.Kind.CONTINUOUS, Detectors.continuous(measured, from, limits));
        verdicts.put(Finding.Kind.NIGHT, Detectors.night(measured, from, limits, night));
        verdicts.put(Finding.Kind.BURST, Detectors.burst(measured, from, limits));
        return verdicts;
    }

    /** Readings of one day beside the register, of those meters that send them. */
    private Map<String, List<Sample>> second(Quantity quantity, LocalDate day, Duration before) {
        Instant from = day.atStartOfDay(clock.getZone()).toInstant();
        Instant to = day.plusDays(1).atStartOfDay(clock.getZone()).toInstant();
        List<String> meters = readings.having(Set.of(quantity), MOST_METERS).stream()
                .filter(series -> !series.lastDay().isBefore(day.minusDays(1)))
                .map(SeriesInfo::meter)
                .toList();
        Map<String, List<Sample>> all = new HashMap<>();
        for (int i = 0; i < meters.size(); i += AT_A_TIME) {
            List<String> some = meters.subList(i, Math.min(meters.size(), i + AT_A_TIME));
            all.putAll(database.inTransaction(tx -> readings.series(tx, some, quantity, from.minus(before), to)));
        }
        return all;
    }

    private int written(
            Handle tx, int day, int meters, List<Judged> judged, Map<String, Map<Finding.Kind, Finding>> open) {
        int opened = 0;
        int ended = 0;
        Instant now = clock.instant();
        Instant end =
                LocalDate.ofEpochDay(day + 1L).atStartOfDay(clock.getZone()).toInstant();
        for (Judged one : judged) {
            Map<Finding.Kind, Finding> standing = open.getOrDefault(one.meter, Map.of());
            for (Map.Entry<Finding.Kind, Verdict> verdict : one.verdicts.entrySet()) {
                Optional<Finding> before = Optional.ofNullable(standing.get(verdict.getKey()));
                switch (verdict.getValue()) {
                    case Verdict.On on -> opened += on(tx, one.meter, verdict.getKey(), on, before, day, now);
                    case Verdict.Off() ->
                        ended += before.map(f -> ended(tx, f, end)).orElse(0);
                    case Verdict.Unknown() -> {}
                }
            }
        }
        findings.done(tx, day, meters, opened, ended);
        return opened;
    }

    private int on(
            Handle tx, String meter, Finding.Kind kind, Verdict.On on, Optional<Finding> before, int day, Instant now) {
        Finding finding = new Finding(
                before.map(Finding::id).orElse(0L), meter, kind, on.since(), on.rate(), on.reason(), Optional.empty());
        if (before.isPresent()) {
            findings.lasts(tx, finding, day);
            return 0;
        }
        findings.begin(tx, finding, day, now);
        Map<String, Object> detail =
                Map.of("kind", kind.code(), "since", on.since().toString(), "litres-per-day", finding.litresPerDay());
        events.append(tx, new Event(now, "household.found", "system", "meter:" + meter, detail));
        return 1;
    }

    private int ended(Handle tx, Finding finding, Instant end) {
        findings.end(tx, finding, end);
        Map<String, Object> detail = Map.of("kind", finding.kind().code());
        events.append(tx, new Event(clock.instant(), "household.ended", "system", "meter:" + finding.meter(), detail));
        return 1;
    }
}
