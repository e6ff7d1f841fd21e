package city.hamana.sensing.leaks;

/**
 * The numbers of the leak watch. Sizes are parts of the usual inflow (the median of the first day), so that one set fits a
 * street and a town. How they were frozen, and how little the result depends on each: {@code docs/leaks.md}.
 *
 * @param seasonPerDay how much the season may move in a day (standard deviation); 0.2 %: half of it or twice gives the same F1
 * @param trendPerDay how much what the season gains or loses in a day may change in a day; use rises for weeks on end
 * @param trendDays after how many days of no change such a trend is forgotten
 * @param profilePerDay how much an hour of the week may move in a day; 0.03 %, or 0.6 % in a year
 * @param growthPerDay how fast a leak that was found may be growing (standard deviation); at 0.1 % growing leaks are told
 *     twice, at 0.2 % those that begin beside them are told late
 * @param growthDays after how many days of no growth it is forgotten that a leak might grow
 * @param firstNoise what one hour differs by before it has been learnt
 * @param lastingNoise which part of the noise lasts into the next hour
 * @param noiseMemory how much of it does
 * @param clip how many standard deviations one hour may say at most: a fire hose is no leak
 * @param alarm evidence for a leak when nothing was told for 20 days: the square of the standard errors by which the level
 *     has risen
 * @param alarmPerSilence how much less evidence is enough when nothing was told for e = 2.7 times as long: the longer the
 *     silence, the likelier it is that another leak has begun, and soon after an alarm a small rise is the same leak's
 * @param longestSilenceDays after so many days, and before the first alarm, it gets no likelier
 * @param alarmAtOnce evidence that needs no waiting for {@code leastHours}
 * @param alarmBesideGrowth evidence for another leak while one that was found is growing: less is its growth, not a second one
 * @param repair evidence for a fall of the level, by which the baseline falls
 * @param strong evidence for which a rise needs to have lasted {@code leastHours} only
 * @param leastHours how long a rise must have lasted, so that one odd day is no leak
 * @param weakHours the same where the evidence is less than strong: two odd days are rarer than one
 * @param smallest the smallest rise that is told
 * @param learningDays how long nothing is told in the beginning
 * @param memoryDays how long ago a rise may have begun at most
 */
record Tuning(
        double seasonPerDay,
        double trendPerDay,
        int trendDays,
        double profilePerDay,
        double growthPerDay,
        int growthDays,
        double firstNoise,
        double lastingNoise,
        double noiseMemory,
        double clip,
        double alarm,
        double alarmPerSilence,
        int longestSilenceDays,
        double alarmAtOnce,
        double alarmBesideGrowth,
        double repair,
        double strong,
        int leastHours,
        int weakHours,
        double smallest,
        int learningDays,
        int memoryDays) {

    /** Frozen on synthetic years before anything later than May was seen. */
    static Tuning frozen() {
        return new Tuning(
                0.002, 0.0003, 30, 0.0003, 0.0015, 40, 0.03, 0.7, 0.5, 3, 12, 6, 60, 80, 17, 14, 18, 30, 48, 0.02, 14,
                40);
    }
}
