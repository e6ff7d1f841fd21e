package city.hamana.aggregator;

import city.hamana.sensing.demand.Accuracy;
import city.hamana.sensing.demand.Demand;
import city.hamana.sensing.demand.Weather;
import city.hamana.sensing.demand.WeekAhead;
import city.hamana.sensing.inflow.CsvRows;
import city.hamana.sensing.inflow.OffDays;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./hamana forecast}: the hours of districts in, the hours of the coming week out. */
@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        description = {
            "Forecast the hourly demand of districts from what was before a day: CSV like the file given, with its unit.",
            "Inflow from that day on is never looked at, but by --score; the weather is, where the file has it."
        })
final class ForecastCommand implements Callable<Integer> {
    private static final int HOURS_OF_A_DAY = 24;
    private static final int MOST_HOURS = 336;

    @Option(
            names = "--inflow",
            required = true,
            paramLabel = "FILE",
            description = "CSV with datetime_local,datetime_utc and a column for each district, hourly, gaps allowed")
    private Path inflow;

    @Option(
            names = "--weather",
            paramLabel = "FILE",
            description =
                    "CSV with datetime_local,rain_mm,temperature_c, hourly: measured, and for the days to come as forecast")
    private Path weather;

    @Option(
            names = "--holidays",
            paramLabel = "FILE",
            description = "days on which water is used as on a Sunday, one a line: 2026-01-01")
    private Path holidays;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "the first hour, a midnight: 2022-07-25T00:00")
    private String from;

    @Option(names = "--hours", defaultValue = "168", description = "how many hours, 1 to 336 (${DEFAULT-VALUE})")
    private int hours;

    @Option(names = "--score", description = "compare with the hours in the file: PI1, PI2, PI3 on standard error")
    private boolean score;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        LocalDateTime first = CsvRows.stamp(from)
                .filter(time -> time.toLocalTime().equals(LocalTime.MIDNIGHT))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--from must be a midnight like 2022-07-25T00:00, and is " + from));
        if (hours < 1 || hours > MOST_HOURS) {
            throw new ParameterException(spec.commandLine(), "--hours must be 1 to " + MOST_HOURS);
        }
        Demand demand = Demand.read(inflow);
        WeekAhead weekAhead = new WeekAhead(
                demand,
                holidays == null ? OffDays.none() : OffDays.read(holidays),
                weather == null ? Weather.unknown() : Weather.read(weather));
        int days = Math.ceilDiv(hours, HOURS_OF_A_DAY);
        List<double[][]> forecasts = new ArrayList<>();
        for (int district = 0; district < demand.districts().size(); district++) {
            forecasts.add(weekAhead.forecast(district, first.toLocalDate(), days));
        }
        print(demand, first, forecasts);
        if (score) {
            score(demand, weekAhead, first, forecasts);
        }
        return 0;
    }

    private void print(Demand demand, LocalDateTime first, List<double[][]> forecasts) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("datetime_local,datetime_utc," + String.join(",", demand.districts()));
        for (int hour = 0; hour < hours; hour++) {
            LocalDateTime at = first.plusHours(hour);
            StringBuilder row = new StringBuilder()
                    .append(at)
                    .append(',')
                    .append(demand.utc(at, first))
                    .append('Z');
            for (double[][] forecast : forecasts) {
                double value = forecast[hour / HOURS_OF_A_DAY][hour % HOURS_OF_A_DAY];
                row.append(',').append(Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value));
            }
            out.println(row);
        }
        out.flush();
    }

    private void score(Demand demand, WeekAhead weekAhead, LocalDateTime first, List<double[][]> forecasts) {
        PrintWriter err = spec.commandLine().getErr();
        List<Accuracy> all = new ArrayList<>();
        for (int district = 0; district < forecasts.size(); district++) {
            Accuracy accuracy = weekAhead.accuracy(district, first.toLocalDate(), forecasts.get(district));
            all.add(accuracy);
            print(err, demand.districts().get(district), accuracy);
        }
        print(
                err,
                "mean",
                new Accuracy(
                        mean(all, Accuracy::firstDayMean),
                        mean(all, Accuracy::firstDayMost),
                        mean(all, Accuracy::laterMean)));
        err.flush();
    }

    private static double mean(List<Accuracy> all, ToDoubleFunction<Accuracy> indicator) {
        return all.stream()
                .mapToDouble(indicator)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    private static void print(PrintWriter err, String name, Accuracy accuracy) {
        err.printf(
                Locale.ROOT,
                "%-12s PI1 %6.3f  PI2 %6.3f  PI3 %6.3f%n",
                name,
                accuracy.firstDayMean(),
                accuracy.firstDayMost(),
                accuracy.laterMean());
    }
}
