package city.hamana.sensor.level;

import java.time.Duration;

/**
 * By what the water over a road is judged. The defaults are those in use in Japan: 5 cm caution, 10 cm closed (松本空港),
 * a look every minute while dry and every ten seconds while wet; 34 cm within 5 minutes has happened (静岡市大坪, 2025).
 *
 * @param cautionMm depth from which on drivers are warned
 * @param closeMm depth from which on the road is closed
 * @param hysteresisMm how far below a threshold the water must have gone before it counts as passed
 * @param clearAfter and for how long
 * @param wetMm depth from which on the road counts as wet
 * @param wetFor for how long after that it is still looked at often
 * @param confirmEvery pause before a doubtful reading is looked at again
 * @param stepMm most that one reading alone may change the depth
 * @param jumpMm a step that no water makes: the gauge is doubted, something may stand under it
 * @param doubtFor for how long it is outvoted by any other gauge
 * @param toleranceMm by how much gauges may differ
 * @param silentAfter readings in a row that fail until a gauge counts as silent
 * @param riseWithin the water is told to rise when it will close the road within this time
 * @param riseLeastMmPerMinute and rises at least this fast
 * @param riseFromMm and has this depth
 * @param stuckAfter a wet gauge that has told the same millimetre for so long is at fault; zero: never
 */
public record Rules(
        int cautionMm,
        int closeMm,
        int hysteresisMm,
        Duration clearAfter,
        int wetMm,
        Duration dryEvery,
        Duration wetEvery,
        Duration wetFor,
        Duration confirmEvery,
        int stepMm,
        int jumpMm,
        Duration doubtFor,
        int toleranceMm,
        int silentAfter,
        Duration riseWithin,
        int riseLeastMmPerMinute,
        int riseFromMm,
        Duration stuckAfter) {
    /** The rules where nothing is set otherwise. */
    public static final Rules USUAL = new Rules(
            50,
            100,
            20,
            Duration.ofMinutes(5),
            10,
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofSeconds(2),
            30,
            500,
            Duration.ofMinutes(5),
            50,
            3,
            Duration.ofMinutes(5),
            20,
            20,
            Duration.ofHours(6));

    public Rules {
        if (cautionMm >= closeMm) {
            throw new IllegalArgumentException("caution-mm " + cautionMm + " is not below close-mm " + closeMm);
        }
        if (hysteresisMm >= cautionMm) {
            throw new IllegalArgumentException(
                    "hysteresis-mm " + hysteresisMm + " is not below caution-mm " + cautionMm);
        }
    }
}
