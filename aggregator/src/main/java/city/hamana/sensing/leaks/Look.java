package city.hamana.sensing.leaks;

/**
 * What one hour said to the model: how far it was off, and what that is worth.
 *
 * @param hour of the week, 0 to 167
 * @param season what one unit of season means in this hour: its share of the use of a mean hour
 * @param error measured less expected
 * @param variance of the error, when the model is right
 * @param weight 1, or less for an hour that is off so far that something else must have happened
 * @param gain covariance of the state with this hour
 */
record Look(int hour, double season, double error, double variance, double weight, double[] gain) {
    /** What a state means for this hour. */
    double of(double[] state) {
        return state[hour] + season * state[InflowModel.SEASON] + state[InflowModel.LEVEL] + state[InflowModel.NOISE];
    }
}
