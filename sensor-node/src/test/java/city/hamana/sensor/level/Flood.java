package city.hamana.sensor.level;

import city.hamana.messages.v1.SignAspect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;

/** A flood played through a watch of one gauge, looked at when the watch wants to look. */
final class Flood {
    /** One look: when, what the gauge told, what the watch made of it. */
    record Look(long ms, int told, Assessment found) {
        boolean shows(SignAspect aspect) {
            return found.aspect() == aspect;
        }
    }

    private Flood() {}

    /** Looks from 0 until {@code untilMs}; {@code told}: millimetres at a millisecond. */
    static List<Look> play(LongToDoubleFunction told, long untilMs) {
        Watch watch = new Watch(Rules.USUAL, List.of("radar"), SignAspect.SIGN_ASPECT_CAUTION);
        List<Look> looks = new ArrayList<>();
        for (long ms = 0; ms < untilMs; ) {
            int mm = (int) Math.round(told.applyAsDouble(ms));
            Assessment found = watch.assess(Map.of("radar", new Reading.Depth(mm)), Watch.FloatState.NONE, ms);
            looks.add(new Look(ms, mm, found));
            ms += found.next().toMillis();
        }
        return looks;
    }
}
