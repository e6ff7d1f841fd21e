package city.hamana.demo.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is done in which round: a pure function of the seed. Kinds come as from a shuffled stack of cards, so that none
 * is left out by chance.
 */
final class Script {
    private static final int SHORTEST_MS = 1_000;
    private static final int LONGEST_MS = 4_000;
    private static final int MOST_TRIES = 10;

    private final SplittableRandom random;
    private final List<Kind> kinds;
    private final List<Kind> stack = new ArrayList<>();

    private Script(long seed, Collection<Kind> kinds) {
        this.random = new SplittableRandom(seed);
        this.kinds = List.copyOf(kinds);
    }

    /** One or two faults for each round; of two, neither touches what the other does. */
    static List<List<Step>> draw(long seed, int rounds, Collection<Kind> kinds) {
        Script script = new Script(seed, kinds);
        List<List<Step>> drawn = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            drawn.add(script.round());
        }
        return drawn;
    }

    private List<Step> round() {
        Step first = step();
        if (random.nextBoolean()) {
            return List.of(first);
        }
        for (int i = 0; i < MOST_TRIES; i++) {
            Step second = step();
            if (!second.touches(first)) {
                return List.of(first, second);
            }
            stack.add(random.nextInt(stack.size() + 1), second.kind());
        }
        return List.of(first);
    }

    private Step step() {
        Kind kind = card();
        String target = kind.targets().get(random.nextInt(kind.targets().size()));
        Duration lasting = Duration.ofMillis(random.nextInt(SHORTEST_MS, LONGEST_MS));
        return new Step(kind, target, lasting, random.nextLong());
    }

    private Kind card() {
        if (stack.isEmpty()) {
            List<Kind> rest = new ArrayList<>(kinds);
            while (!rest.isEmpty()) {
                stack.add(rest.remove(random.nextInt(rest.size())));
            }
        }
        return stack.removeLast();
    }
}
