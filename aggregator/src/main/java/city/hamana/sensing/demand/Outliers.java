package city.hamana.sensing.demand;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts what no district uses back to the edge of what it may: further from the median of the last thirteen like days at
 * that hour than six of their usual deviations. Looks back only, so that a day is cut the same whatever follows it.
 */
final class Outliers {
    private static final int MEDIAN_DAYS = 13;
    private static final int DEVIATION_DAYS = 26;
    private static final double DEVIATIONS = 6;
    private static final double SIGMA_OF_MAD = 1.48;
    private static final double LEAST_DEVIATION = 0.03;

    private Outliers() {}

    /**
     * Cuts all days.
     *
     * @param use the day of use of each, 0 to 6
     */
    static double[][] cut(double[][] days, int[] use) {
        double[][] cut = new double[days.length][];
        for (int i = 0; i < days.length; i++) {
            cut[i] = days[i].clone();
        }
        for (int kind = 0; kind < 3; kind++) {
            int of = kind;
            List<Integer> like = IntStream.range(0, days.length)
                    .filter(day -> Math.max(0, use[day] - 4) == of)
                    .boxed()
                    .toList();
            for (int i = 0; i < like.size(); i++) {
                cutDay(days, cut, like, i);
            }
        }
        return cut;
    }

    private static void cutDay(double[][] days, double[][] cut, List<Integer> like, int i) {
        for (int hour = 0; hour < Days.HOURS; hour++) {
            double[] before = values(days, like, Math.max(0, i - DEVIATION_DAYS + 1), i, hour);
            double middle = Days.median(values(days, like, Math.max(0, i - MEDIAN_DAYS + 1), i, hour));
            for (int j = 0; j < before.length; j++) {
                before[j] = Math.abs(before[j] - middle);
            }
            double usual = Math.max(SIGMA_OF_MAD * Days.median(before), LEAST_DEVIATION * Math.abs(middle));
            double value = days[like.get(i)][hour];
            if (Math.abs(value - middle) > DEVIATIONS * usual) {
                cut[like.get(i)][hour] = middle + Math.copySign(DEVIATIONS * usual, value - middle);
            }
        }
    }

    private static double[] values(double[][] days, List<Integer> like, int from, int to, int hour) {
        List<Double> values = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            values.add(days[like.get(i)][hour]);
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
