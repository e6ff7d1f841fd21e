package city.hamana.demo.trial;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One fault of a script.
 *
 * @param lasting how long it lasts before it is healed, in real time
 * @param dice from which the fault draws whatever else it needs
 */
record Step(Kind kind, String target, Duration lasting, long dice) {
    SplittableRandom random() {
        return new SplittableRandom(dice);
    }

    /** The second program of {@link Kind#KILL_TWO}. */
    String second() {
        List<String> targets = kind.targets();
        int distance = 1 + (int) Math.floorMod(dice, targets.size() - 1L);
        return targets.get((targets.indexOf(target) + distance) % targets.size());
    }

    /** Whether two faults at once would be about the same program or line; then one would hide what the other does. */
    boolean touches(Step other) {
        Set<String> both = new HashSet<>(touched());
        both.retainAll(other.touched());
        return !both.isEmpty();
    }

    private Set<String> touched() {
        return kind == Kind.KILL_TWO ? Set.of(target, second()) : Set.of(Lines.nearEnd(target));
    }

    @Override
    public String toString() {
        String who = kind == Kind.KILL_TWO ? target + " and " + second() : target;
        return kind.words() + ": " + who;
    }
}
