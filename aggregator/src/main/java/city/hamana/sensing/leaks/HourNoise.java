package city.hamana.sensing.leaks;

import java.util.Arrays;

/** How much an hour of the day scatters about what was expected: learnt, slowly, from what it did. */
final class HourNoise {
    private static final double FASTEST = 10;
    private static final double SLOWEST = 50;
    private static final double LEAST = 0.005 * 0.005;
    private static final double MOST_OF_ONE = 9;

    private final double[] variances = new double[24];
    private final int[] seen = new int[24];

    HourNoise(double first) {
        Arrays.fill(variances, first * first);
    }

    double variance(int hour) {
        return variances[hour];
    }

    double mean() {
        return Arrays.stream(variances).average().orElseThrow();
    }

    /**
     * Learns from one error.
     *
     * @param variance what was expected of it
     * @param known how much of that is not noise but what the model does not know yet
     */
    void see(int hour, double error, double variance, double known) {
        double scatter = Math.min(error * error, MOST_OF_ONE * variance) - known;
        double share = 1 / Math.min(FASTEST + seen[hour]++, SLOWEST);
        double next = variances[hour] + share * (Math.max(0.1 * variances[hour], scatter) - variances[hour]);
        variances[hour] = Math.max(next, LEAST);
    }
}
