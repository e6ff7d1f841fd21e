package city.hamana.sensing.leaks;

/**
 * The question whether the level has risen (or fallen) for good at one hour: the generalised likelihood ratio for a jump in
 * a Kalman filter (Willsky and Jones, "A generalized likelihood ratio approach to the detection and estimation of jumps in
 * linear systems", IEEE Trans. Automatic Control 21(1), 1976). The filter has not been told of the jump, so part of it
 * has been taken for profile, season or noise: {@code absorbed}. What is left over speaks for the jump.
 */
final class Shift {
    private final long start;
    private final double[] absorbed = new double[InflowModel.SIZE];
    private double score;
    private double information;

    Shift(long start) {
        this.start = start;
    }

    void see(Look look) {
        double left = 1 - look.of(absorbed);
        double worth = look.weight() * left / look.variance();
        score += worth * look.error();
        information += worth * left;
        for (int i = 0; i < absorbed.length; i++) {
            absorbed[i] += look.gain()[i] * worth;
        }
    }

    /** The first hour after the jump. */
    long start() {
        return start;
    }

    /** What a jump of one has done to the model's state; the model carries it through time. */
    double[] absorbed() {
        return absorbed;
    }

    /** How much can be known of the size: one divided by its variance. */
    double information() {
        return information;
    }

    /** The likeliest size of the jump, in parts of the usual inflow; less than 0 for a fall. */
    double size() {
        return information > 0 ? score / information : 0;
    }

    /** The square of the size in standard errors. */
    double evidence() {
        return information > 0 ? score * score / information : 0;
    }
}
