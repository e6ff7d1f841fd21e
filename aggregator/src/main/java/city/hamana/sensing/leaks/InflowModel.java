package city.hamana.sensing.leaks;

/**
 * What the inflow should be: a Kalman filter over the 168 hours of the week, the season (which stretches the week's profile)
 * and its trend, the level (which lifts all hours alike, as a leak does), its growth, and a noise that lasts some hours.
 * Season and level are told apart by that shape: a warmer week adds most at noon, a leak adds as much at night. Everything
 * is in parts of the usual inflow.
 */
final class InflowModel {
    static final int SEASON = 168;
    static final int LEVEL = 169;
    static final int GROWTH = 170;
    static final int NOISE = 171;
    static final int TREND = 172;
    static final int SIZE = 173;

    private static final int WEEK = 168;
    private static final double CERTAIN = 3;
    private static final double GROWN_IN_DAYS = 10;
    private static final double LEAST_SEASON_SHARE = 0.1;
    private static final double MOST_SEASON_SHARE = 3;

    private final Tuning tuning;
    private final double[] mean = new double[SIZE];
    private final double[][] covariance = new double[SIZE][SIZE];
    private final double[][] likeness = likeness();
    private final HourNoise noise;
    private double hoursSinceDrift;
    private long hours;

    InflowModel(Tuning tuning) {
        this.tuning = tuning;
        this.noise = new HourNoise(tuning.firstNoise());
        for (int i = 0; i < WEEK; i++) {
            for (int j = 0; j < WEEK; j++) {
                covariance[i][j] = 1 + likeness[i][j];
            }
        }
        covariance[NOISE][NOISE] = tuning.lastingNoise() * noise.mean();
    }

    /** How alike two hours of the week are before anything is known: by clock, by weekend, by day. */
    private static double[][] likeness() {
        double[][] likeness = new double[WEEK][WEEK];
        for (int i = 0; i < WEEK; i++) {
            for (int j = 0; j < WEEK; j++) {
                int apart = Math.abs(i % 24 - j % 24);
                double clock = Math.exp(-0.5 * Math.pow(Math.min(apart, 24 - apart) / 1.5, 2));
                boolean weekend = (i / 24 >= 5) == (j / 24 >= 5);
                double days = 0.25 + (weekend ? 0.02 : 0) + (i / 24 == j / 24 ? 0.003 : 0);
                likeness[i][j] = days * clock + (i == j ? 0.0005 : 0);
            }
        }
        return likeness;
    }

    /** Lets time go by: what is known gets older. */
    void pass(long elapsed) {
        double days = elapsed / 24.0;
        carry(mean, elapsed);
        for (double[] row : covariance) {
            carry(row, elapsed);
        }
        carryColumns(elapsed);
        double kept = Math.pow(tuning.noiseMemory(), (double) elapsed);
        covariance[NOISE][NOISE] += tuning.lastingNoise() * noise.mean() * (1 - kept * kept);
        covariance[SEASON][SEASON] += tuning.seasonPerDay() * tuning.seasonPerDay() * days;
        covariance[TREND][TREND] += tuning.trendPerDay() * tuning.trendPerDay() * days;
        hoursSinceDrift += elapsed;
        if (hoursSinceDrift >= 24) {
            drift(hoursSinceDrift / 24);
            hoursSinceDrift = 0;
        }
        hours += elapsed;
    }

    /** What elapsed hours do to a state: level and season move on as they did, and what moved them is forgotten in time. */
    void carry(double[] state, long elapsed) {
        double days = elapsed / 24.0;
        state[LEVEL] += days * state[GROWTH];
        state[GROWTH] *= Math.exp(-days / tuning.growthDays());
        state[SEASON] += days * state[TREND];
        state[TREND] *= Math.exp(-days / tuning.trendDays());
        state[NOISE] *= Math.pow(tuning.noiseMemory(), (double) elapsed);
    }

    private void carryColumns(long elapsed) {
        double days = elapsed / 24.0;
        double growth = Math.exp(-days / tuning.growthDays());
        double trend = Math.exp(-days / tuning.trendDays());
        double kept = Math.pow(tuning.noiseMemory(), (double) elapsed);
        for (int j = 0; j < SIZE; j++) {
            covariance[LEVEL][j] += days * covariance[GROWTH][j];
            covariance[GROWTH][j] *= growth;
            covariance[SEASON][j] += days * covariance[TREND][j];
            covariance[TREND][j] *= trend;
            covariance[NOISE][j] *= kept;
        }
    }

    private void drift(double days) {
        double rate = tuning.profilePerDay() * tuning.profilePerDay() * days / likeness[0][0];
        for (int i = 0; i < WEEK; i++) {
            for (int j = 0; j < WEEK; j++) {
                covariance[i][j] += rate * likeness[i][j];
            }
        }
    }

    /** Compares an hour with what was expected of it; nothing is learnt yet. */
    Look look(int hour, double inflow) {
        double season = seasonShare(hour);
        double[] gain = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double[] row = covariance[i];
            gain[i] = row[hour] + season * row[SEASON] + row[LEVEL] + row[NOISE];
        }
        double error = inflow - new Look(hour, season, 0, 0, 0, gain).of(mean);
        double unknown = Math.max(0, new Look(hour, season, 0, 0, 0, gain).of(gain));
        double variance = unknown + noise.variance(hour % 24) * (1 - tuning.lastingNoise());
        double off = Math.abs(error) / Math.sqrt(variance);
        return new Look(hour, season, error, variance, off > tuning.clip() ? tuning.clip() / off : 1, gain);
    }

    /** The season stretches what people use; in the first week it is not known when that is. */
    private double seasonShare(int hour) {
        double usual = 0;
        for (int i = 0; i < WEEK; i++) {
            usual += mean[i] / WEEK;
        }
        if (hours <= WEEK + 24 || usual <= 0) {
            return 1;
        }
        return Math.clamp(mean[hour] / usual, LEAST_SEASON_SHARE, MOST_SEASON_SHARE);
    }

    void learn(Look look) {
        double unknown = look.variance() - noise.variance(look.hour() % 24) * (1 - tuning.lastingNoise());
        double step = look.weight() / look.variance();
        for (int i = 0; i < SIZE; i++) {
            mean[i] += look.gain()[i] * step * look.error();
            double share = look.gain()[i] * step;
            double[] row = covariance[i];
            for (int j = 0; j < SIZE; j++) {
                row[j] -= share * look.gain()[j];
            }
        }
        noise.see(look.hour() % 24, look.error(), look.variance(), unknown - tuning.lastingNoise() * noise.mean());
    }

    /** Whether a leak that was found is growing for certain, and in ten days grows by as much as that. */
    boolean growsBy(double size) {
        double error = Math.sqrt(Math.max(0, covariance[GROWTH][GROWTH]));
        return mean[GROWTH] > CERTAIN * error && size < GROWN_IN_DAYS * mean[GROWTH];
    }

    /** Takes a jump for true: the level moves, what had been taken for something else is given back, and it may grow. */
    void accept(Shift shift) {
        double[] moved = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            moved[i] = (i == LEVEL ? 1 : 0) - shift.absorbed()[i];
        }
        for (int i = 0; i < SIZE; i++) {
            mean[i] += shift.size() * moved[i];
            for (int j = 0; j < SIZE; j++) {
                covariance[i][j] += moved[i] * moved[j] / shift.information();
            }
        }
        covariance[GROWTH][GROWTH] += tuning.growthPerDay() * tuning.growthPerDay();
    }
}
