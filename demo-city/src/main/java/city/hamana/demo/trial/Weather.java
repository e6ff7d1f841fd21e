package city.hamana.demo.trial;

import java.time.Duration;

/** How a line is. */
sealed interface Weather {
    record Fair() implements Weather {}

    /** Every connection is reset, new ones too. */
    record Cut() implements Weather {}

    /** Connections are taken and stand, but nothing passes until this is over. */
    record BlackHole() implements Weather {}

    /** What was read at once, 16 KiB at most, passes so much later. */
    record Delayed(Duration by) implements Weather {}

    record Slow(int bytesPerSecond) implements Weather {}

    /** Requests pass; once so many bytes of them have, answers vanish and the connection is reset soon after. */
    record Swallowing(int afterBytes) implements Weather {}

    /** Each connection is reset in the midst of what goes up, after so many bytes. */
    record Midway(int afterBytes) implements Weather {}
}
