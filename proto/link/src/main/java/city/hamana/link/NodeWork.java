package city.hamana.link;

import city.hamana.messages.v1.Command;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.Status;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What one kind of node does; what all of them do is {@link NodeProgram}'s. Closed when the program ends. */
public interface NodeWork extends AutoCloseable {
    /**
     * One round; may wait for something to do, but not longer than a second.
     *
     * @return how long to wait before the next
     * @throws JournalException if the journal takes no more; the round is tried again
     */
    Duration round() throws InterruptedException;

    /** How the node is, for its gateway; what became of its settings is added. Asked on any thread. */
    Status.Builder status();

    /** What hangs on the node, as {@code check} shows it. Asked on any thread. */
    List<NodePresence> attached();

    /** What city hall wants to be shown: verified to be from city hall and for this device, not to be new. */
    void command(Command command);

    /**
     * Has systemd told that the program is alive as long as a look at all of it comes to its end. Work that must go on
     * whatever else hangs tells systemd by itself instead.
     */
    default void watchedBy(Supplier<?> look) {
        Watchdog.start(look);
    }

    @Override
    void close();
}
