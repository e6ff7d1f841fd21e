package city.hamana.sensor.level;

import city.hamana.messages.LevelCondition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One gauge over time. A reading that differs from the depth by more than a step is held back until the next one, or the
 * one after that, says the same or more; then the lesser of the two counts, give or take a step. So one false reading
 * alone never raises the depth by more than a step, and a real rise is taken at the latest with the next good reading
 * after it was first seen, or with the third one where up to a third of the readings is false in both directions.
 */
final class GaugeTrack {
    private static final int MOST_DOUBTFUL = 2;

    private final Rules rules;
    private OptionalInt depth = OptionalInt.empty();
    private final Deque<Integer> doubtful = new ArrayDeque<>();
    private OptionalInt last = OptionalInt.empty();
    private long movedMs;
    private int failures;
    private boolean answered;
    private boolean held;
    private boolean stuck;
    private long doubtedMs;
    private OptionalInt beforeJump = OptionalInt.empty();

    GaugeTrack(Rules rules) {
        this.rules = rules;
    }

    void take(Reading reading, long nowMs) {
        switch (reading) {
            case Reading.Depth measured -> take(measured.mm(), nowMs);
            case Reading.Fault fault -> {
                answered = fault.answered();
                failures = Math.min(failures + 1, rules.silentAfter());
            }
        }
    }

    /** The depth without its spikes; empty until two readings have said the same, and once the gauge has failed. */
    OptionalInt depth() {
        return failed() || stuck ? OptionalInt.empty() : depth;
    }

    /** The last reading may be false or failed, another is wanted soon. */
    boolean unsure() {
        return held || depth.isEmpty() || failures > 0;
    }

    /** A reading was held back. */
    boolean held() {
        return held || depth.isEmpty();
    }

    /** It has jumped as no water does, not long ago. */
    boolean doubted(long nowMs) {
        return beforeJump.isPresent() && nowMs - doubtedMs < rules.doubtFor().toMillis();
    }

    /** What it told meanwhile agrees with others: the jump was real. */
    void believed() {
        beforeJump = OptionalInt.empty();
    }

    Set<LevelCondition> conditions(long nowMs) {
        Set<LevelCondition> conditions = EnumSet.noneOf(LevelCondition.class);
        if (failed()) {
            conditions.add(answered ? LevelCondition.SENSOR_FAULT : LevelCondition.SILENT);
        } else if (stuck || doubted(nowMs)) {
            conditions.add(LevelCondition.SENSOR_FAULT);
        }
        return conditions;
    }

    private boolean failed() {
        return failures >= rules.silentAfter();
    }

    private void take(int mm, long nowMs) {
        if (failed()) {
            // What it said before its silence confirms nothing and is no depth any more.
            doubtful.clear();
            depth = OptionalInt.empty();
            beforeJump = OptionalInt.empty();
        }
        failures = 0;
        noteMovement(mm, nowMs);
        doubtful.addLast(mm);
        OptionalInt taken = depth.isEmpty() ? first() : filtered(mm, depth.getAsInt());
        taken.ifPresent(now -> set(now, nowMs));
        held = taken.isEmpty();
        while (doubtful.size() > MOST_DOUBTFUL) {
            doubtful.removeFirst();
        }
    }

    /** At the start: the lesser of two readings. */
    private OptionalInt first() {
        return doubtful.size() < 2
                ? OptionalInt.empty()
                : doubtful.stream().mapToInt(mm -> mm).min();
    }

    private OptionalInt filtered(int mm, int now) {
        if (!beyond(mm, now)) {
            return OptionalInt.of(mm);
        }
        int[] sameSide = doubtful.stream()
                .mapToInt(other -> other)
                .filter(other -> beyond(other, now) && (other > now) == (mm > now))
                .sorted()
                .toArray();
        if (sameSide.length < 2) {
            return OptionalInt.empty();
        }
        int lesser = mm > now ? sameSide[0] : sameSide[sameSide.length - 1];
        return OptionalInt.of(Math.clamp(mm, lesser - rules.stepMm(), lesser + rules.stepMm()));
    }

    private boolean beyond(int mm, int now) {
        return Math.abs(mm - now) > rules.stepMm();
    }

    private void set(int mm, long nowMs) {
        if (depth.isPresent() && mm - depth.getAsInt() > rules.jumpMm()) {
            beforeJump = depth;
            doubtedMs = nowMs;
        } else if (beforeJump.isPresent() && mm <= beforeJump.getAsInt() + rules.stepMm()) {
            beforeJump = OptionalInt.empty();
        }
        depth = OptionalInt.of(mm);
        int told = doubtful.getLast();
        doubtful.clear();
        if (beyond(told, mm)) {
            doubtful.addLast(told);
        }
    }

    private void noteMovement(int mm, long nowMs) {
        if (last.isEmpty() || mm != last.getAsInt() || mm < rules.wetMm()) {
            movedMs = nowMs;
        }
        last = OptionalInt.of(mm);
        long limit = rules.stuckAfter().toMillis();
        stuck = limit > 0 && nowMs - movedMs >= limit;
    }
}
