package city.hamana.sensing.household;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something at a meter that a household should know.
 *
 * @param since when it began, as far as it can be told
 * @param rateMillilitres an hour: the least flow of what runs without a pause, the median of the nights, the mean of a burst;
 *     0 where only the meter knows
 * @param reason in plain numbers: {@code hours=61}, {@code leak-1,leak-2}
 * @param ended empty while it lasts
 */
public record Finding(
        long id, String meter, Kind kind, Instant since, long rateMillilitres, String reason, Optional<Instant> ended) {
    private static final int HOURS = 24;
    private static final int LITRE = 1_000;

    /** What it is. */
    public enum Kind {
        /** Water runs without a pause for two to three days. */
        CONTINUOUS,
        /** Far more runs by night than used to. */
        NIGHT,
        /** As much runs for hours as from a burst pipe. */
        BURST,
        /** Water runs backwards. */
        REVERSE,
        /** The meter itself warns. */
        ALARM;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind ofCode(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    public long litresPerDay() {
        return rateMillilitres * HOURS / LITRE;
    }
}
