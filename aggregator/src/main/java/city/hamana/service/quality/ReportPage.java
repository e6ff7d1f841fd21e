package city.hamana.service.quality;

import java.time.YearMonth;
import java.util.List;

/**
 * The page of a month.
 *
 * @param now the month that runs
 */
public record ReportPage(YearMonth month, YearMonth now, List<Report> reports) {
    public boolean hasNext() {
        return month.isBefore(now);
    }
}
