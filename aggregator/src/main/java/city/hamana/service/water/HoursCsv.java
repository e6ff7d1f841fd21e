package city.hamana.service.water;

import city.hamana.platform.html.Page;
import city.hamana.sensing.vee.Use;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Hours as CSV: UTF-8 with a byte order mark, which spreadsheets ask for, and the licence's line at the end. */
final class HoursCsv {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private HoursCsv() {}

    static String of(ZonedDateTime start, List<Use> uses, Page page) {
        return of(start, uses, List.of(), page);
    }

    /**
     * With the band of hours by which each is billed.
     *
     * @param bands names of them, one for each hour; none leaves the column out
     */
    static String of(ZonedDateTime start, List<Use> uses, List<String> bands, Page page) {
        List<String> head = new ArrayList<>(
                List.of(page.plain("water.csv.hour"), page.plain("water.csv.litres"), page.plain("water.csv.state")));
        if (!bands.isEmpty()) {
            head.add(page.plain("water.csv.band"));
        }
        StringBuilder csv = new StringBuilder(BYTE_ORDER_MARK)
                .append(String.join(",", head))
                .append("\r\n");
        for (int i = 0; i < uses.size(); i++) {
            csv.append(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start.plusHours(i)))
                    .append(',')
                    .append(line(uses.get(i), page))
                    .append(bands.isEmpty() ? "" : "," + bands.get(i))
                    .append("\r\n");
        }
        String notice = page.frame().notice();
        return notice.isEmpty() ? csv.toString() : csv + "\"" + notice.replace("\"", "\"\"") + "\"\r\n";
    }

    private static String line(Use use, Page page) {
        return switch (use) {
            case Use.Known(var millilitres, var origin) ->
                BigDecimal.valueOf(millilitres, 3).toPlainString() + ","
                        + page.plain(origin.estimated() ? "water.state.estimated" : "water.state.known");
            case Use.Missing() -> "," + page.plain("water.state.missing");
            case Use.Decreased() -> "," + page.plain("water.state.decreased");
            case Use.NotYet() -> "," + page.plain("water.state.not-yet");
        };
    }
}
