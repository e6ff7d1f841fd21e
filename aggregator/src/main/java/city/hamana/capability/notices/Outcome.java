package city.hamana.capability.notices;

import java.time.Duration;

/** What came of handing a message to a channel. */
sealed interface Outcome {
    /** The far side has it; its name for it, or empty. */
    record Taken(String name) implements Outcome {}

    /** Not now. */
    record Later(Duration pause, String reason) implements Outcome {}

    /** It waits for people to carry it, who say so. */
    record ByHand() implements Outcome {}

    /** Not by this channel. */
    record Never(String reason) implements Outcome {}
}
