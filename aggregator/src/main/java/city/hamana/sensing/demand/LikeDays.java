package city.hamana.sensing.demand;

/**
 * What is usual before one day: for each day of use the mean of the last ten weeks, in which a week counts for three quarters
 * of the one after it; and by how much the last two weeks were off it, as a whole and by the hour.
 */
final class LikeDays {
    private static final int WEEKS = 10;
    private static final int RECENT_DAYS = 14;
    private static final double WEEK_WEIGHT = 0.75;
    private static final double OWN_SHARE = 0.5;
    private static final double LEVEL_DAYS = 1.2;
    private static final double LEVEL_KEPT = 0.9;
    private static final double HOUR_DAYS = 3;
    private static final double HOUR_SHARE = 0.5;
    private static final int SATURDAY = 5;

    private final double[][] usual = new double[7][Days.HOURS];
    private final double[] byHour = new double[Days.HOURS];
    private double level;

    /**
     * Looks back from a day.
     *
     * @param days without outliers
     * @param use the day of use of each
     * @param origin the first day of which nothing is known
     */
    LikeDays(double[][] days, int[] use, int origin) {
        for (int hour = 0; hour < Days.HOURS; hour++) {
            for (int day = 0; day < 7; day++) {
                usual[day][hour] = weighted(days, use, origin, day, hour);
            }
            blend(hour);
        }
        recent(days, use, origin);
    }

    private static double weighted(double[][] days, int[] use, int origin, int day, int hour) {
        double sum = 0;
        double weights = 0;
        for (int i = Math.max(0, origin - 7 * WEEKS); i < origin; i++) {
            if (use[i] == day && !Double.isNaN(days[i][hour])) {
                double weight = Math.pow(WEEK_WEIGHT, (origin - 1 - i) / 7.0);
                sum += weight * days[i][hour];
                weights += weight;
            }
        }
        return weights == 0 ? Double.NaN : sum / weights;
    }

    /** A working day is half its own and half all working days; what never was is as a working day. */
    private void blend(int hour) {
        double[] working = new double[SATURDAY];
        for (int day = 0; day < SATURDAY; day++) {
            working[day] = usual[day][hour];
        }
        double mean = Days.mean(working);
        for (int day = 0; day < 7; day++) {
            double own = day < SATURDAY ? OWN_SHARE * usual[day][hour] + (1 - OWN_SHARE) * mean : usual[day][hour];
            usual[day][hour] = Days.or(own, mean);
        }
    }

    private void recent(double[][] days, int[] use, int origin) {
        double[] offByHour = new double[Days.HOURS];
        double[] weightByHour = new double[Days.HOURS];
        double off = 0;
        double weights = 0;
        for (int i = Math.max(0, origin - RECENT_DAYS); i < origin; i++) {
            int ago = origin - 1 - i;
            double mean = off(days[i], use[i]);
            if (!Double.isNaN(mean)) {
                off += Math.exp(-ago / LEVEL_DAYS) * mean;
                weights += Math.exp(-ago / LEVEL_DAYS);
                for (int hour = 0; hour < Days.HOURS; hour++) {
                    double alone = days[i][hour] - usual[use[i]][hour] - mean;
                    if (!Double.isNaN(alone)) {
                        offByHour[hour] += Math.exp(-ago / HOUR_DAYS) * alone;
                        weightByHour[hour] += Math.exp(-ago / HOUR_DAYS);
                    }
                }
            }
        }
        level = weights == 0 ? 0 : off / weights;
        for (int hour = 0; hour < Days.HOURS; hour++) {
            byHour[hour] = weightByHour[hour] == 0 ? 0 : HOUR_SHARE * offByHour[hour] / weightByHour[hour];
        }
    }

    private double off(double[] day, int use) {
        double[] off = new double[Days.HOURS];
        for (int hour = 0; hour < Days.HOURS; hour++) {
            off[hour] = day[hour] - usual[use][hour];
        }
        return Days.mean(off);
    }

    /** The day that comes so many days after the origin; NaN in hours of which nothing is known. */
    double[] ahead(int days, int use) {
        double[] ahead = new double[Days.HOURS];
        for (int hour = 0; hour < Days.HOURS; hour++) {
            ahead[hour] = usual[use][hour] + Math.pow(LEVEL_KEPT, days) * level + byHour[hour];
        }
        return ahead;
    }
}
