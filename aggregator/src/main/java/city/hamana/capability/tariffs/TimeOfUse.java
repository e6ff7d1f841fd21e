package city.hamana.capability.tariffs;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A time-of-use plan: which band an hour falls into, by kind of day, month and hour, and what the water of a band costs. */
public final class TimeOfUse {
    static final int HOURS = 24;
    static final int MONTHS = 12;

    /**
     * A band of hours.
     *
     * @param code as the rule table calls it
     * @param percent of the ordinary volumetric charge; over 100 for a peak
     * @param rule reference of the row that says so
     */
    public record Band(String code, BigDecimal percent, String rule) {}

    private final Map<String, Band> bands;
    private final String[] codes;

    /**
     * A plan.
     *
     * @param codes of the bands of working days and then of days off, each by month and hour: 2 × 12 × 24
     * @param bands by code; one for each that occurs
     */
    TimeOfUse(List<String> codes, Map<String, Band> bands) {
        if (codes.size() != 2 * MONTHS * HOURS || !bands.keySet().containsAll(codes)) {
            throw new IllegalArgumentException("a plan names a band for each of its 576 hours");
        }
        this.codes = codes.toArray(String[]::new);
        this.bands = Map.copyOf(bands);
    }

    /** The band of an hour in the city. */
    public Band band(LocalDateTime hour, boolean dayOff) {
        return bands.get(codes[place(dayOff, hour.getMonthValue(), hour.getHour())]);
    }

    /** The code of the band of an hour, for many hours in a row. */
    public String code(boolean dayOff, int month, int hour) {
        return codes[place(dayOff, month, hour)];
    }

    /** All bands, the cheapest first. */
    public List<Band> bands() {
        return bands.values().stream()
                .sorted((a, b) -> {
                    int byPrice = a.percent().compareTo(b.percent());
                    return byPrice != 0 ? byPrice : a.code().compareTo(b.code());
                })
                .toList();
    }

    /** Whether days off, or months, have bands of their own. */
    public boolean sameEveryDay() {
        String[] first = Arrays.copyOf(codes, HOURS);
        for (int day = 0; day < codes.length; day += HOURS) {
            if (!Arrays.equals(first, Arrays.copyOfRange(codes, day, day + HOURS))) {
                return false;
            }
        }
        return true;
    }

    private static int place(boolean dayOff, int month, int hour) {
        return ((dayOff ? MONTHS : 0) + month - 1) * HOURS + hour;
    }
}
