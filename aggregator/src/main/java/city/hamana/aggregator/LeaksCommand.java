package city.hamana.aggregator;

import city.hamana.sensing.inflow.CsvRows;
import city.hamana.sensing.inflow.OffDays;
import city.hamana.sensing.leaks.KnownLeak;
import city.hamana.sensing.leaks.Leak;
import city.hamana.sensing.leaks.LeakWatch;
import city.hamana.sensing.leaks.Score;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./hamana leaks}: rows of inflow in, leaks out. */
@Command(
        name = "leaks",
        mixinStandardHelpOptions = true,
        description = {
            "Watch the net inflow of a district for leaks: one JSON line for each, with detected_at, started_at, rate_m3h and reason.",
            "Every row is judged on the rows before it. The first 14 days are for learning."
        })
final class LeaksCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_LOCAL_DATE_TIME;
    private static final int MOST_ALARMS = 100_000;

    private final ObjectMapper json = new ObjectMapper();
    private final List<Leak> alarms = new ArrayList<>();

    @Option(
            names = "--inflow",
            required = true,
            paramLabel = "FILE",
            description =
                    "CSV with timestamp,inflow_m3h (wall clock, any step to one hour, gaps allowed); - reads from a pipe")
    private Path inflow;

    @Option(
            names = "--holidays",
            paramLabel = "FILE",
            description = "days on which water is used as on a Sunday, one a line: 2026-01-01")
    private Path holidays;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description =
                    "CSV with start,end (end empty while open) of the leaks there were: scores the alarms on standard error")
    private Path truth;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<KnownLeak> known = truth == null ? List.of() : KnownLeak.read(truth);
        Refusals refusals = new Refusals(err());
        try (CsvRows rows = CsvRows.open(inflow)) {
            long taken = LeakWatch.follow(rows, offDays(), new LeakWatch.Findings() {
                @Override
                public void found(Leak leak) {
                    print(leak);
                }

                @Override
                public void refused(String why) {
                    refusals.add(why);
                }
            });
            refusals.end();
            if (truth != null) {
                print(Score.of(alarms, known));
            }
            return taken > 0 ? 0 : 1;
        }
    }

    private OffDays offDays() {
        return holidays == null ? OffDays.none() : OffDays.read(holidays);
    }

    private void print(Leak leak) {
        if (truth != null && alarms.size() < MOST_ALARMS) {
            alarms.add(leak);
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("detected_at", TIME.format(leak.detectedAt()));
        line.put("started_at", TIME.format(leak.startedAt()));
        line.put("rate_m3h", BigDecimal.valueOf(leak.rateM3h()).setScale(1, RoundingMode.HALF_UP));
        line.put("reason", leak.reason());
        try {
            spec.commandLine().getOut().println(json.writeValueAsString(line));
            spec.commandLine().getOut().flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    private void print(Score score) {
        List<Long> hours = score.hoursToDetection();
        score.hits().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(hit -> err().printf(
                                Locale.ROOT,
                                "found   leak of %s by %s, %.1f m3/h%n",
                                hit.getKey(),
                                hit.getValue().detectedAt(),
                                hit.getValue().rateM3h()));
        score.missed().forEach(leak -> err().printf("missed  leak of %s%n", leak.start()));
        score.falseAlarms().forEach(alarm -> err().printf("false   alarm of %s%n", alarm.detectedAt()));
        err().printf(
                        Locale.ROOT,
                        "%d found, %d false, %d missed, F1 %.3f, median %s h to detection%n",
                        score.hits().size(),
                        score.falseAlarms().size(),
                        score.missed().size(),
                        score.f1(),
                        hours.isEmpty() ? "-" : hours.get(hours.size() / 2));
        err().flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
