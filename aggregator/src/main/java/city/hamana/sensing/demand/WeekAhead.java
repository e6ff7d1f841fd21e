package city.hamana.sensing.demand;

import city.hamana.sensing.inflow.InflowException;
import city.hamana.sensing.inflow.OffDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Forecasts districts hour by hour from what was before: like days of the last weeks, moved to the level of the last days,
 * and for the days after the first moved by the weather, as far as it is known.
 */
public final class WeekAhead {
    private static final int HISTORY_DAYS = 200;
    private static final int LEAST_DAYS = 14;
    private static final int WEATHER_DAYS = 60;
    private static final int WEATHER_AHEAD = 7;
    private static final double WEATHER_DOUBT = 300;
    private static final double CLIP = 3 * 1.48;

    private final Demand demand;
    private final OffDays offDays;
    private final Weather weather;

    public WeekAhead(Demand demand, OffDays offDays, Weather weather) {
        this.demand = demand;
        this.offDays = offDays;
        this.weather = weather;
    }

    /**
     * Forecasts one district, looking at nothing from the first day on but the weather.
     *
     * @param district its place in {@link Demand#districts()}
     * @return so many days of 24 hours, in the demand's unit; NaN where nothing is known
     * @throws InflowException when there are fewer than 14 days before
     */
    public double[][] forecast(int district, LocalDate first, int days) {
        LocalDate begin = first.minusDays(HISTORY_DAYS);
        LocalDate known = demand.hours().keySet().stream()
                .findFirst()
                .map(at -> at.toLocalDate())
                .orElse(first);
        if (known.isAfter(first.minusDays(LEAST_DAYS))) {
            throw new InflowException(
                    "a forecast from %s needs at least %d days before it".formatted(first, LEAST_DAYS));
        }
        int[] use = use(begin, HISTORY_DAYS + days);
        double[][] clean = Outliers.cut(demand.days(district, begin, first), use);
        double[] slopes = slopes(clean, use, begin);
        LikeDays like = new LikeDays(clean, use, HISTORY_DAYS);
        double[][] forecast = new double[days][];
        for (int day = 0; day < days; day++) {
            forecast[day] = like.ahead(day, use[HISTORY_DAYS + day]);
            double[] change = day == 0
                    ? new double[2]
                    : weather.change(first, first.plusDays(day)).orElse(new double[2]);
            stretch(forecast[day], slopes[0] * change[0] + slopes[1] * change[1]);
        }
        return forecast;
    }

    private int[] use(LocalDate begin, int days) {
        int[] use = new int[days];
        for (int day = 0; day < days; day++) {
            use[day] = offDays.dayOfUse(begin.plusDays(day));
        }
        return use;
    }

    /** Raises a day's mean by so much, in the shape of the day. */
    private static void stretch(double[] day, double more) {
        double mean = Days.mean(day);
        for (int hour = 0; hour < day.length && mean != 0; hour++) {
            day[hour] += more * day[hour] / mean;
        }
    }

    /**
     * By how much the forecasts of the last sixty days would have been off for each degree and each mm of rain: least squares,
     * drawn towards nothing, with errors clipped at three usual ones.
     */
    private double[] slopes(double[][] clean, int[] use, LocalDate begin) {
        List<double[]> seen = new ArrayList<>();
        for (int origin = HISTORY_DAYS - WEATHER_DAYS; origin < HISTORY_DAYS; origin++) {
            LikeDays like = new LikeDays(clean, use, origin);
            for (int ahead = 0; ahead < WEATHER_AHEAD && origin + ahead < HISTORY_DAYS; ahead++) {
                double off = off(clean[origin + ahead], like.ahead(ahead, use[origin + ahead]));
                Optional<double[]> change = weather.change(begin.plusDays(origin), begin.plusDays(origin + ahead));
                if (change.isPresent() && !Double.isNaN(off)) {
                    seen.add(new double[] {change.orElseThrow()[0], change.orElseThrow()[1], off});
                }
            }
        }
        return solve(seen);
    }

    private static double off(double[] day, double[] forecast) {
        double[] off = new double[day.length];
        for (int hour = 0; hour < day.length; hour++) {
            off[hour] = day[hour] - forecast[hour];
        }
        return Days.mean(off);
    }

    private static double[] solve(List<double[]> seen) {
        double most = seen.isEmpty()
                ? 0
                : CLIP
                        * Days.median(seen.stream()
                                .mapToDouble(row -> Math.abs(row[2]))
                                .toArray());
        double warm = WEATHER_DOUBT;
        double wet = WEATHER_DOUBT;
        double both = 0;
        double[] off = new double[2];
        for (double[] row : seen) {
            double error = Math.clamp(row[2], -most, most);
            warm += row[0] * row[0];
            wet += row[1] * row[1];
            both += row[0] * row[1];
            off[0] += row[0] * error;
            off[1] += row[1] * error;
        }
        double determinant = warm * wet - both * both;
        return new double[] {(wet * off[0] - both * off[1]) / determinant, (warm * off[1] - both * off[0]) / determinant
        };
    }

    /** Compares a forecast with what the rows say that came. */
    public Accuracy accuracy(int district, LocalDate first, double[][] forecast) {
        return Accuracy.of(forecast, demand.days(district, first, first.plusDays(forecast.length)));
    }
}
