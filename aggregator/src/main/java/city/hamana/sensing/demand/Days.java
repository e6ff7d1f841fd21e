package city.hamana.sensing.demand;

import java.util.Arrays;

/** Hours of days, 24 each, of which any may be missing (NaN). */
final class Days {
    static final int HOURS = 24;

    private Days() {}

    static double[][] missing(int days) {
        double[][] all = new double[days][HOURS];
        for (double[] day : all) {
            Arrays.fill(day, Double.NaN);
        }
        return all;
    }

    /** The mean of what there is; NaN where there is nothing. */
    static double mean(double... values) {
        return Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /** The middle of what there is; NaN where there is nothing. */
    static double median(double... values) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    static double or(double value, double otherwise) {
        return Double.isNaN(value) ? otherwise : value;
    }
}
