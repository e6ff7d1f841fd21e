package city.hamana.sensing.household;

import city.hamana.capability.rules.Rules;
import city.hamana.messages.Sample;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.sensing.inflow.OffDays;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.vee.TrialReport;
import city.hamana.sensing.vee.Vee;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often the detectors would have told the homes of a file of real registers, through the real stores.
 *
 * @param lines a table in Markdown
 */
public record LeakReport(List<String> lines) {
    private static final double DAYS_A_YEAR = 365;
    private static final int AT_A_TIME = 2_000;

    public LeakReport {
        lines = List.copyOf(lines);
    }

    /** Looks at every day of the file's meters, in order of time. */
    public static LeakReport over(Path file) throws IOException {
        Map<String, List<Sample>> homes = TrialReport.homes(file);
        Instant last = homes.values().stream()
                .map(samples -> samples.getLast().at())
                .max(Instant::compareTo)
                .orElseThrow();
        try (Database database = Database.open("jdbc:derby:memory:leak-report;create=true")) {
            return over(database, homes, last);
        }
    }

    private static LeakReport over(Database database, Map<String, List<Sample>> homes, Instant last) {
        Events events = new Events(database);
        Html html = new Html();
        Clock clock = Clock.fixed(last, TrialReport.ZONE);
        Rules rules = new Rules(database, events, html, clock);
        Readings readings = new Readings(database, events, html, InstantSource.system());
        Vee vee = new Vee(database, events, html, clock, InstantSource.system(), rules, OffDays.none(), readings);
        Household household = new Household(database, events, clock, rules, readings, vee);
        database.migrate(List.of(Events.SCHEMA, rules.schema(), readings.schema(), vee.schema(), household.schema()));
        database.inTransaction(tx -> {
            rules.begin(tx);
            return tx;
        });
        int meterDays = 0;
        for (List<Sample> samples : homes.values()) {
            meterDays += new HashSet<>(samples.stream().map(s -> day(s.at())).toList()).size();
            for (int i = 0; i < samples.size(); i += AT_A_TIME) {
                List<Sample> some = samples.subList(i, Math.min(samples.size(), i + AT_A_TIME));
                database.inTransaction(tx -> readings.merge(tx, some, "device:report"));
            }
        }
        LocalDate end = day(last).minusDays(1);
        while (vee.validatedTo().filter(day -> !day.isBefore(end.minusDays(1))).isEmpty()) {
            vee.turn();
        }
        LocalDate first = homes.values().stream()
                .map(samples -> day(samples.getFirst().at()))
                .min(LocalDate::compareTo)
                .orElseThrow();
        for (LocalDate day = first; !day.isAfter(vee.validatedTo().orElseThrow()); day = day.plusDays(1)) {
            household.look((int) day.toEpochDay());
        }
        return told(database, household, homes, meterDays / DAYS_A_YEAR);
    }

    private static LeakReport told(
            Database database, Household household, Map<String, List<Sample>> homes, double years) {
        Map<Finding.Kind, List<Finding>> found = new TreeMap<>();
        homes.values()
                .forEach(samples -> database.inTransaction(
                                tx -> household.of(tx, samples.getFirst().meter(), 1_000))
                        .forEach(one -> found.computeIfAbsent(one.kind(), k -> new ArrayList<>())
                                .add(one)));
        List<String> lines = new ArrayList<>();
        lines.add("%d meters, %.1f years of meters".formatted(homes.size(), years));
        lines.add("| detector | told | meters | told a meter and year | least L/day | median L/day | most L/day |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|");
        found.forEach((kind, all) -> {
            long[] rates =
                    all.stream().mapToLong(Finding::litresPerDay).sorted().toArray();
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %.2f | %d | %d | %d |",
                    kind.code(),
                    all.size(),
                    all.stream().map(Finding::meter).distinct().count(),
                    all.size() / years,
                    rates[0],
                    rates[rates.length / 2],
                    rates[rates.length - 1]));
        });
        return new LeakReport(lines);
    }

    private static LocalDate day(Instant at) {
        return at.atZone(TrialReport.ZONE).toLocalDate();
    }
}
