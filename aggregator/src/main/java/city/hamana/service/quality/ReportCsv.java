package city.hamana.service.quality;

import city.hamana.platform.csv.Csv;
import city.hamana.platform.html.Page;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A month as CSV: UTF-8 with a byte order mark, which spreadsheets ask for. */
final class ReportCsv {
    private static final List<String> COLUMNS = List.of(
            "point",
            "day",
            "colour",
            "turbidity",
            "residual",
            "least",
            "mean",
            "most",
            "values",
            "not-believed",
            "under",
            "note",
            "by");

    private ReportCsv() {}

    static String of(List<Report> reports, Page page) {
        StringBuilder csv = new StringBuilder("\ufeff");
        line(csv, COLUMNS.stream().map(c -> page.plain("quality.csv." + c)).toList());
        reports.forEach(report -> report.days().forEach(day -> line(csv, cells(report, day, page))));
        return csv.toString();
    }

    private static List<String> cells(Report report, Day day, Page page) {
        Optional<Check> check = day.check();
        return List.of(
                report.point().name(),
                day.day().toString(),
                check.map(c -> page.plain(c.colour() ? "quality.seen" : "quality.not-seen"))
                        .orElse(""),
                check.map(c -> page.plain(c.turbidity() ? "quality.seen" : "quality.not-seen"))
                        .orElse(""),
                check.map(c -> number(c.residual())).orElse(""),
                day.least().map(ReportCsv::number).orElse(""),
                day.mean().map(ReportCsv::number).orElse(""),
                day.most().map(ReportCsv::number).orElse(""),
                Integer.toString(day.values()),
                Integer.toString(day.notBelieved()),
                Integer.toString(day.under()),
                check.map(Check::note).orElse(""),
                check.map(Check::by).orElse(""));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static void line(StringBuilder csv, List<String> cells) {
        csv.append(cells.stream().map(Csv::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }
}
