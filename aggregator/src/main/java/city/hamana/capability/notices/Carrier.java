package city.hamana.capability.notices;

import city.hamana.capability.people.Party;
import java.net.URI;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Brings messages by one channel. */
interface Carrier {
    /** The recipient's address in this channel; empty when there is none. */
    Optional<String> address(Handle tx, Message message, Optional<Party> party);

    /**
     * Hands a message over and waits for the answer. Called again after a crash with the same key.
     *
     * @param site absolute address of this site, for the links
     */
    Outcome carry(Message message, String address, String key, URI site);
}
