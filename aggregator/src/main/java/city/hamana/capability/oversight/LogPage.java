package city.hamana.capability.oversight;

import city.hamana.platform.events.Entry;
import java.util.List;
import java.util.Optional;

/**
 * The log as an auditor sees it.
 *
 * @param kind and the others: what was asked, as typed
 * @param query the same for an address, without {@code before}
 * @param next {@code before} of the further page; empty when there is none
 * @param checks the latest looks over the log, the newest first
 * @param noted whether a hash noted earlier is still there; empty when none was asked for
 * @param asked whether a look has just been asked for
 */
public record LogPage(
        List<Entry> entries,
        String kind,
        String actor,
        String subject,
        String from,
        String to,
        String query,
        Optional<Long> next,
        List<Check> checks,
        Optional<Boolean> noted,
        boolean asked) {}
