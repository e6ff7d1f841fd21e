package city.hamana.capability.notices;

import city.hamana.capability.people.Address;
import city.hamana.capability.people.Party;
import java.net.URI;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Paper, which people print and post. Only for what its sender finds worth a stamp, and never for an emergency, which would
 * be over when the letter comes.
 */
final class LetterCarrier implements Carrier {
    @Override
    public Optional<String> address(Handle tx, Message message, Optional<Party> party) {
        return party.filter(p ->
                        !message.letterFrom().isEmpty() && message.urgency().waits())
                .flatMap(Party::address)
                .map(Address::line);
    }

    @Override
    public Outcome carry(Message message, String address, String key, URI site) {
        return new Outcome.ByHand();
    }
}
