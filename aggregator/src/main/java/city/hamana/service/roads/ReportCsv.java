package city.hamana.service.roads;

import city.hamana.capability.maps.Place;
import city.hamana.platform.csv.Csv;
import city.hamana.platform.html.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The queue as a table for a spreadsheet, UTF-8 with the mark that spreadsheets want. */
final class ReportCsv {
    private static final List<String> COLUMNS = List.of(
            "number",
            "state",
            "kind",
            "owner",
            "place",
            "longitude",
            "latitude",
            "landmark",
            "opened",
            "due",
            "supports");

    private ReportCsv() {}

    static String of(Page page, List<Report> reports, Around around) {
        StringBuilder text = new StringBuilder("\uFEFF");
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord(COLUMNS.stream().map(column -> page.plain("roads.csv." + column)));
            for (Report report : reports) {
                csv.printRecord(
                        report.id(),
                        page.plain("roads.state." + report.state().code()),
                        page.plain("roads.category." + report.category() + ".name"),
                        page.plain("roads.owner." + report.owner()),
                        around.words(page, report.place()),
                        report.place()
                                .map(Place::longitude)
                                .map(String::valueOf)
                                .orElse(""),
                        report.place().map(Place::latitude).map(String::valueOf).orElse(""),
                        Csv.safe(report.landmark()),
                        page.fullMoment(report.opened()),
                        report.due().map(page::fullMoment).orElse(""),
                        report.supports());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
