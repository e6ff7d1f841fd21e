package city.hamana.service.quality;

import city.hamana.capability.documents.Documents;
import city.hamana.capability.documents.Part;
import city.hamana.platform.html.Page;
import city.hamana.platform.text.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The month as a sealed PDF in Japanese, whatever the reader's language: it is a record that the law asks for. */
final class ReportPdf {
    private static final List<Float> WIDTHS = List.of(0.16f, 0.1f, 0.1f, 0.12f, 0.2f, 0.12f, 0.2f);

    private ReportPdf() {}

    static byte[] of(List<Report> reports, Page reader, Documents documents) {
        Page page = new Page(reader.frame(), Language.JA, reader.size(), reader.reader(), reader.path(), reader.csrf());
        List<Part> parts = new ArrayList<>();
        for (Report report : reports) {
            parts.add(new Part.Heading(report.point().name()));
            parts.add(new Part.Small(page.plain(
                    "quality.report.limits",
                    page.number(report.limits().least(), 2),
                    page.plain("quality.kind." + report.point().kind()),
                    report.limits().law())));
            parts.add(new Part.Text(page.plain(
                    "quality.report.sum",
                    report.days().size() - report.unchecked(),
                    report.days().size(),
                    report.remarkable())));
            parts.add(new Part.Table(
                    head(page),
                    report.days().stream().map(day -> row(day, page)).toList(),
                    WIDTHS));
        }
        String month = page.month(reports.getFirst().month().atDay(1));
        return documents.sealed(page.plain("quality.report.title", month), parts);
    }

    private static List<String> head(Page page) {
        return List.of("day", "colour", "turbidity", "residual", "measured", "under", "by").stream()
                .map(column -> page.plain("quality.column." + column))
                .toList();
    }

    private static List<String> row(Day day, Page page) {
        Optional<Check> check = day.check();
        String measured = day.least()
                .map(least -> page.plain(
                        "quality.report.measured",
                        page.number(least, 2),
                        page.number(day.mean().orElseThrow(), 2),
                        page.number(day.most().orElseThrow(), 2)))
                .orElse("–");
        return List.of(
                page.day(day.day()),
                check.map(c -> page.plain(c.colour() ? "quality.seen" : "quality.not-seen"))
                        .orElse("–"),
                check.map(c -> page.plain(c.turbidity() ? "quality.seen" : "quality.not-seen"))
                        .orElse("–"),
                check.map(c -> page.number(c.residual(), 2)).orElse("–"),
                measured,
                Integer.toString(day.under()),
                check.map(c -> c.by() + (c.note().isEmpty() ? "" : " " + c.note()))
                        .orElse("–"));
    }
}
