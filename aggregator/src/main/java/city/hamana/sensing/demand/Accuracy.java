package city.hamana.sensing.demand;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a forecast was off, by the three indicators of the Battle of Water Demand Forecasting (Alvisi et al. 2025); hours
 * without truth are skipped, and an indicator without any is NaN.
 *
 * @param firstDayMean mean absolute error of the first 24 hours (PI1)
 * @param firstDayMost largest absolute error of them (PI2)
 * @param laterMean mean absolute error of the hours after (PI3)
 */
public record Accuracy(double firstDayMean, double firstDayMost, double laterMean) {
    static Accuracy of(double[][] forecast, double[][] truth) {
        List<Double> first = new ArrayList<>();
        List<Double> later = new ArrayList<>();
        for (int day = 0; day < forecast.length; day++) {
            for (int hour = 0; hour < Days.HOURS; hour++) {
                (day == 0 ? first : later).add(Math.abs(forecast[day][hour] - truth[day][hour]));
            }
        }
        return new Accuracy(
                Days.mean(array(first)),
                first.stream()
                        .filter(error -> !error.isNaN())
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(Double.NaN),
                Days.mean(array(later)));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
