package city.hamana.demo.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** When whose storage was damaged, in the city's true time: only then may a reading be gone, and only if that was told. */
final class Damages {
    /** What may have waited in a journal when it was damaged. */
    private static final Duration BEFORE = Duration.ofHours(1);

    private record Damage(String device, Instant from, Instant to) {}

    private final List<Damage> damages = new CopyOnWriteArrayList<>();

    void add(String device, Instant begun, Instant healed) {
        damages.add(new Damage(device, begun.minus(BEFORE), healed));
    }

    boolean cover(String device, Instant truth) {
        return damages.stream()
                .anyMatch(damage -> damage.device().equals(device)
                        && !truth.isBefore(damage.from())
                        && !truth.isAfter(damage.to()));
    }
}
