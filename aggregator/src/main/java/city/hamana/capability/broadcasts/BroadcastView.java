package city.hamana.capability.broadcasts;

import city.hamana.capability.notices.Tally;
import java.time.Instant;
import java.util.List;

/**
 * A broadcast as its page shows it.
 *
 * @param count whom it would reach now
 * @param tally how far its messages have come
 * @param conditions of its segment, in the reader's language
 * @param said why it cannot go on, as a key of words; empty when nothing is wrong
 * @param mayApprove whether this reader is a second person with the rank
 * @param tested whether a test has just been sent
 */
public record BroadcastView(
        Broadcast broadcast,
        HeadCount count,
        Tally tally,
        List<String> conditions,
        String said,
        boolean mayApprove,
        boolean own,
        boolean tested,
        Instant now) {}
