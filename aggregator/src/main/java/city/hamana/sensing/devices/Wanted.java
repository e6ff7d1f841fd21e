package city.hamana.sensing.devices;

import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.Heartbeat;
import java.time.Instant;
import java.util.List;

/** What city hall lacks and asks for again. Ingest, which knows, says it. */
@FunctionalInterface
public interface Wanted {
    /**
     * What a gateway is asked for.
     *
     * @param heartbeat of nodes only those for which the gateway may speak
     * @param gateway as its certificate names it
     * @param at real time of receipt
     */
    List<BlockSet> of(Heartbeat heartbeat, String gateway, Instant at);
}
