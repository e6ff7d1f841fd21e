package city.hamana.service.network;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * A district's day, in litres.
 *
 * @param inflow of the hours that are known
 * @param hours how many are known
 * @param of how many hours the day has, or has had so far
 * @param expected of the same hours, before the day began; empty where nothing was expected
 * @param used by the meters; empty while the day is not validated
 * @param night the least hour between two and four
 */
public record DayLine(
        LocalDate day,
        long inflow,
        int hours,
        int of,
        Optional<Double> expected,
        Optional<Use> used,
        Optional<Long> night) {
    /**
     * What the meters used.
     *
     * @param known meters of which every hour is known
     * @param meters all that stood there
     */
    public record Use(long litres, int known, int meters) {}

    /** Inflow less use: what was lost, and what ran through no meter that tells. Empty unless every hour has a figure. */
    public Optional<Long> difference() {
        return used.filter(use -> use.known > 0 && complete()).map(use -> inflow - use.litres);
    }

    /** Whether neither inflow nor use is known. */
    boolean nothing() {
        return hours == 0 && used.filter(use -> use.known > 0).isEmpty();
    }

    public boolean complete() {
        return of > 0 && hours == of;
    }

    /** By how many parts of a hundred more came in than was expected. */
    public Optional<Double> deviation() {
        return expected.filter(litres -> litres > 0 && hours > 0).map(litres -> 100 * (inflow - litres) / litres);
    }

    /** The days from {@code from} to before {@code to}, the newest first. */
    static List<DayLine> of(
            LocalDate from,
            LocalDate to,
            ZoneId zone,
            List<Hour> hours,
            NavigableMap<LocalDate, double[]> forecasts,
            NavigableMap<LocalDate, Flows.Used> used,
            NavigableMap<LocalDate, Long> nights,
            Instant now) {
        Map<Long, Hour> byHour = new HashMap<>();
        hours.forEach(hour -> byHour.put(hour.hour(), hour));
        List<DayLine> lines = new ArrayList<>();
        for (LocalDate day = to.minusDays(1); !day.isBefore(from); day = day.minusDays(1)) {
            long begin = hour(day, zone);
            long end = Math.min(hour(day.plusDays(1), zone), Math.floorDiv(now.toEpochMilli(), Hour.MS));
            lines.add(line(
                    day,
                    begin,
                    Math.max(begin, end),
                    byHour,
                    Optional.ofNullable(forecasts.get(day)),
                    Optional.ofNullable(used.get(day)).map(one -> new Use(one.litres(), one.known(), one.meters())),
                    Optional.ofNullable(nights.get(day))));
        }
        return lines;
    }

    private static DayLine line(
            LocalDate day,
            long begin,
            long end,
            Map<Long, Hour> byHour,
            Optional<double[]> forecast,
            Optional<Use> used,
            Optional<Long> night) {
        long inflow = 0;
        int known = 0;
        double expected = 0;
        for (long hour = begin; hour < end; hour++) {
            Hour one = byHour.get(hour);
            if (one != null) {
                inflow += one.litres();
                known++;
                int place = (int) (hour - begin);
                expected += forecast.filter(all -> place < all.length)
                        .map(all -> all[place])
                        .orElse(Double.NaN);
            }
        }
        Optional<Double> sum =
                forecast.isEmpty() || known == 0 || Double.isNaN(expected) ? Optional.empty() : Optional.of(expected);
        return new DayLine(day, inflow, known, (int) (end - begin), sum, used, night);
    }

    static long hour(LocalDate day, ZoneId zone) {
        return Math.floorDiv(day.atStartOfDay(zone).toInstant().toEpochMilli(), Hour.MS);
    }
}
