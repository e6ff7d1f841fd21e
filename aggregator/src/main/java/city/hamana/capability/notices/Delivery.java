package city.hamana.capability.notices;

import java.time.Instant;

/**
 * One message's way by one channel.
 *
 * @param key the same for every try, so that the far side knows a repeat
 * @param tries begun so far
 * @param reason what the last try ended with; empty when all was well
 */
public record Delivery(
        long id, long message, Channel channel, State state, String key, int tries, String reason, Instant at) {
    /** How far it is. */
    public enum State {
        /** Waits for its time. */
        WAITING,
        /** Taken by the far side. */
        SENT,
        /** Refused for good, or tried too often. */
        FAILED,
        /** Not needed any more: read in time, or the recipient left the channel. */
        SPARED
    }
}
