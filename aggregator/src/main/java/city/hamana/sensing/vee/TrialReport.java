package city.hamana.sensing.vee;

import city.hamana.capability.rules.Rules;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.sensing.inflow.OffDays;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * The rules tried on a file of real registers: {@code meter, …, timestamp_utc_iso, litres_total, …}, CSV, packed by gzip.
 *
 * @param lines a table in Markdown
 */
public record TrialReport(List<String> lines) {
    /** Of the homes in the data. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Madrid");

    private static final LocalDate RULES_OF = LocalDate.of(2017, 1, 1);

    public TrialReport {
        lines = List.copyOf(lines);
    }

    /** Tries all faults on the file's meters. */
    public static TrialReport over(Path file) throws IOException {
        Map<String, List<Sample>> homes = homes(file);
        Trial trial = new Trial(homes, limits(), new CityDays(ZONE, OffDays.none()));
        List<String> lines = new ArrayList<>();
        lines.add(homes.size() + " meters, " + trial.days() + " days of meters");
        lines.add("| fault | days in the data | injected | found | false |");
        lines.add("|---|---:|---:|---:|---:|");
        Map<Code, Integer> plain = trial.plain();
        for (Fault fault : Fault.all()) {
            Trial.Tried tried = trial.tried(fault);
            lines.add("| %s | %d | %d | %d | %d |"
                    .formatted(
                            fault.code().code(),
                            plain.getOrDefault(fault.code(), 0),
                            tried.injected(),
                            tried.found(),
                            tried.falsely()));
        }
        lines.addAll(known(homes, trial));
        return new TrialReport(lines);
    }

    /** What can be counted in the file without any rule, beside what the rules found. */
    private static List<String> known(Map<String, List<Sample>> homes, Trial trial) {
        CityDays calendar = new CityDays(ZONE, OffDays.none());
        int gaps = 0;
        int gapsFound = 0;
        int decreases = 0;
        int decreasesFound = 0;
        for (Map.Entry<String, List<Sample>> home : homes.entrySet()) {
            List<Sample> samples = home.getValue();
            for (int i = 1; i < samples.size(); i++) {
                Sample before = samples.get(i - 1);
                Sample now = samples.get(i);
                int day = calendar.dayOf(now.at().toEpochMilli());
                if (Duration.between(before.at(), now.at()).compareTo(Hours.WIDEST_STEP) > 0) {
                    gaps++;
                    int begun = calendar.dayOf(before.at().toEpochMilli());
                    gapsFound +=
                            trial.stands(home.getKey(), begun, Code.GAP) || trial.stands(home.getKey(), day, Code.GAP)
                                    ? 1
                                    : 0;
                }
                if (now.value() < before.value()) {
                    decreases++;
                    decreasesFound += trial.stands(home.getKey(), day, Code.DECREASE) ? 1 : 0;
                }
            }
        }
        return List.of(
                "known gaps over 90 minutes: " + gaps + ", found " + gapsFound,
                "known register decreases: " + decreases + ", found " + decreasesFound);
    }

    /** The shipped thresholds of a home's meter. */
    static Limits limits() {
        try (Database database = Database.open("jdbc:derby:memory:vee-trial;create=true")) {
            Events events = new Events(database);
            Rules rules = new Rules(database, events, new Html(), Clock.systemUTC());
            List.of("vee-bore", "vee-filling", "vee-limits").forEach(table -> rules.table(Vee.class, table));
            database.migrate(List.of(Events.SCHEMA, rules.schema()));
            return database.inTransaction(tx -> {
                rules.begin(tx);
                return new Limits.Asked(tx, rules, RULES_OF).of(MeterFacts.unknown("els-1"));
            });
        }
    }

    /** The registers of each home, in order of time, each instant once. */
    public static Map<String, List<Sample>> homes(Path file) throws IOException {
        Map<String, List<Sample>> homes = new TreeMap<>();
        try (InputStream packed = Files.newInputStream(file);
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.US_ASCII))) {
            List<String> head = Arrays.asList(in.readLine().split(","));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] cells = line.split(",");
                BigDecimal litres = new BigDecimal(cells[head.indexOf("litres_total")]);
                homes.computeIfAbsent(cells[0], h -> new ArrayList<>())
                        .add(new Sample(
                                "home-" + cells[0].toLowerCase(Locale.ROOT),
                                Quantity.VOLUME,
                                Instant.parse(cells[head.indexOf("timestamp_utc_iso")]),
                                litres.unscaledValue().longValueExact(),
                                -litres.scale() - 3,
                                0));
            }
        }
        homes.replaceAll((home, samples) -> once(samples));
        homes.values().removeIf(samples -> samples.size() < 2);
        return homes;
    }

    /** In order of time; of two for one instant the first. */
    private static List<Sample> once(List<Sample> samples) {
        TreeMap<Instant, Sample> byInstant = new TreeMap<>(Comparator.naturalOrder());
        samples.forEach(sample -> byInstant.putIfAbsent(sample.at(), sample));
        return List.copyOf(byInstant.values());
    }
}
