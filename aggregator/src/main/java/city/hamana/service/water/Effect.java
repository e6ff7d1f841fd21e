package city.hamana.service.water;

import java.time.LocalDate;

/**
 * What the trial of the time-of-use tariff has moved: the difference of differences between homes in it and homes beside them.
 * Shares are of a home's water that runs in the cheapest band of hours, 0 to 1.
 *
 * @param trialHomes homes in the trial
 * @param controlHomes homes that are not
 * @param moved mean change of the homes in the trial less that of the others
 * @param margin half the width of its 95 % confidence interval
 */
public record Effect(
        LocalDate reckoned,
        int trialHomes,
        int controlHomes,
        double trialBefore,
        double trialAfter,
        double controlBefore,
        double controlAfter,
        double moved,
        double margin) {
    /** Whether the interval leaves nothing out: the trial has moved water, one way or the other. */
    public boolean sure() {
        return Math.abs(moved) > margin;
    }

    public double least() {
        return moved - margin;
    }

    public double most() {
        return moved + margin;
    }
}
