package city.hamana.capability.tariffs;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A time-of-use plan: which band an hour falls into, by kind of day, month and hour, and what the water of a band costs.
 *
 * @param codes of the bands of working days and then of days off, each by month and hour: 2 × 12 × 24
 * @param byCode one for each code that occurs
 */
public record TimeOfUse(List<String> codes, Map<String, Band> byCode) {
    static final int HOURS = 24;
    static final int MONTHS = 12;

    public TimeOfUse {
        codes = List.copyOf(codes);
        byCode = Map.copyOf(byCode);
        if (codes.size() != 2 * MONTHS * HOURS || !byCode.keySet().containsAll(codes)) {
            throw new IllegalArgumentException("a plan names a band for each of its 576 hours");
        }
    }

    /**
     * A band of hours.
     *
     * @param code as the rule table calls it
     * @param percent of the ordinary volumetric charge; over 100 for a peak
     * @param rule reference of the row that says so
     */
    public record Band(String code, BigDecimal percent, String rule) {}

    /** The band of an hour in the city. */
    public Band band(LocalDateTime hour, boolean dayOff) {
        return byCode.get(code(dayOff, hour.getMonthValue(), hour.getHour()));
    }

    /** The code of the band of an hour, for many hours in a row. */
    public String code(boolean dayOff, int month, int hour) {
        return codes.get(place(dayOff, month, hour));
    }

    /** All bands, the cheapest first. */
    public List<Band> bands() {
        return byCode.values().stream()
                .sorted((a, b) -> {
                    int byPrice = a.percent().compareTo(b.percent());
                    return byPrice != 0 ? byPrice : a.code().compareTo(b.code());
                })
                .toList();
    }

    /**
     * When a band holds, as hours of the day: 0 and 6 for the hours from 0:00 to 6:00.
     *
     * @param month 1 to 12
     */
    public List<Between> hours(String band, boolean dayOff, int month) {
        List<Between> all = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            if (code(dayOff, month, hour).equals(band)) {
                boolean goesOn = !all.isEmpty() && all.getLast().until() == hour;
                all.add(new Between(goesOn ? all.removeLast().from() : hour, hour + 1));
            }
        }
        return all;
    }

    /** From a full hour to before another. */
    public record Between(int from, int until) {}

    /** Whether days off, or months, have bands of their own. */
    public boolean sameEveryDay() {
        List<String> first = codes.subList(0, HOURS);
        for (int day = 0; day < codes.size(); day += HOURS) {
            if (!first.equals(codes.subList(day, day + HOURS))) {
                return false;
            }
        }
        return true;
    }

    private static int place(boolean dayOff, int month, int hour) {
        return ((dayOff ? MONTHS : 0) + month - 1) * HOURS + hour;
    }
}
