package city.hamana.service.network;

import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What runs away by night, in litres per hour. The estimate is that of UKWIR report 99/WM/08/21: the 20th percentile, over seven
 * nights, of each night's least rolling hour; less what may rightly run at that hour.
 *
 * @param night last night's least hour; empty where there was no figure
 * @param percentile of the last seven nights; empty where fewer than four have a figure
 * @param least legitimate use, when little is reckoned
 * @param usual and usually
 * @param most and when much is
 */
public record NightFlow(Optional<Long> night, Optional<Double> percentile, double least, double usual, double most) {
    private static final int NIGHTS = 7;
    private static final int LEAST_NIGHTS = 4;
    private static final double SHARE = 0.2;

    static NightFlow of(NavigableMap<LocalDate, Long> nights, LocalDate day, double least, double usual, double most) {
        return new NightFlow(Optional.ofNullable(nights.get(day)), percentile(nights, day), least, usual, most);
    }

    /** Of the seven nights that end with this one; empty where fewer than four have a figure. */
    static Optional<Double> percentile(NavigableMap<LocalDate, Long> nights, LocalDate day) {
        double[] sorted = nights.subMap(day.minusDays(NIGHTS - 1L), true, day, true).values().stream()
                .mapToDouble(litres -> litres)
                .sorted()
                .toArray();
        return sorted.length < LEAST_NIGHTS ? Optional.empty() : Optional.of(percentile(sorted));
    }

    /** Between the two values around it, as spreadsheets do. */
    static double percentile(double[] sorted) {
        double place = SHARE * (sorted.length - 1);
        int below = (int) place;
        double above = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (place - below) * (above - sorted[below]);
    }

    /** What is lost; never less than nothing. */
    public Optional<Double> lost() {
        return percentile.map(flow -> Math.max(0, flow - usual));
    }

    /** What is lost if much is rightly used. */
    public Optional<Double> lostAtLeast() {
        return percentile.map(flow -> Math.max(0, flow - most));
    }

    /** What is lost if little is rightly used. */
    public Optional<Double> lostAtMost() {
        return percentile.map(flow -> Math.max(0, flow - least));
    }
}
