package city.hamana.capability.notices;

import java.time.Instant;
import java.util.Locale;

/**
 * A message on its way as paper.
 *
 * @param id stands in the window of the envelope, by which one that came back is found
 * @param changed when it was last printed, posted or came back
 */
public record Letter(long id, Message message, State state, Instant changed) {
    /** How far it is. */
    public enum State {
        WAITING(Delivery.State.WAITING),
        POSTED(Delivery.State.SENT),
        RETURNED(Delivery.State.FAILED);

        private final Delivery.State delivery;

        State(Delivery.State delivery) {
            this.delivery = delivery;
        }

        Delivery.State delivery() {
            return delivery;
        }

        /** As it stands in addresses and files. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What staff say of a letter; all that can be said, each with its undoing. */
    public enum Act {
        POST(State.WAITING, State.POSTED, "posted"),
        UNPOST(State.POSTED, State.WAITING, "not-posted"),
        RETURN(State.POSTED, State.RETURNED, "returned"),
        UNRETURN(State.RETURNED, State.POSTED, "not-returned");

        private final State from;
        private final State to;
        private final String event;

        Act(State from, State to, String event) {
            this.from = from;
            this.to = to;
            this.event = event;
        }

        State from() {
            return from;
        }

        State to() {
            return to;
        }

        String event() {
            return "notices.letter-" + event;
        }
    }
}
