package city.hamana.sensing.leaks;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A leak that shows in the inflow.
 *
 * @param detectedAt when the row came that closed the hour by which it was sure; nothing from then on was used
 * @param startedAt the likeliest beginning, to the hour
 * @param rateM3h how much has been lost since, in m3/h
 */
public record Leak(LocalDateTime detectedAt, LocalDateTime startedAt, double rateM3h, Evidence evidence) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    /** The evidence in a sentence. */
    public String reason() {
        return String.format(
                Locale.ROOT,
                "Since %s about %.2f m3/h more has flown in than weekday, hour and season explain: %.2f m3/h on average over %d hours, where %.2f was to be expected; the least hour was %.2f m3/h. That is %.1f standard errors.",
                TIME.format(startedAt),
                rateM3h,
                evidence.meanM3h(),
                evidence.hours(),
                evidence.meanM3h() - rateM3h,
                evidence.leastM3h(),
                evidence.standardErrors());
    }
}
