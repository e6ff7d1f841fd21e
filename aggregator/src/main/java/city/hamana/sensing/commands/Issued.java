package city.hamana.sensing.commands;

import city.hamana.messages.v1.SignAspect;
import java.time.Instant;
import java.util.Locale;

/**
 * A command that was issued, by the city's clock.
 *
 * @param number 1, 2, 3 … per device
 * @param by who, as the log names people
 * @param told when its state last changed
 */
public record Issued(
        String device,
        long number,
        SignAspect aspect,
        boolean silenceSiren,
        Instant at,
        Instant ends,
        String by,
        State state,
        Instant told) {
    /** What became of it. */
    public enum State {
        /** On its way: the device has not told of it yet. */
        SENT,
        IN_FORCE,
        /** Obeyed until its time was over, or until a later command came. */
        ENDED,
        /** The device has it, but the water stands against it: what is safer is shown. */
        OVERRULED,
        /** Its time was over before the device had it. */
        EXPIRED,
        /** A later command was issued before the device had this one. */
        SUPERSEDED;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static State ofCode(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** Whether nothing more will become of it. */
    public boolean over() {
        return state == State.ENDED || state == State.EXPIRED || state == State.SUPERSEDED;
    }
}
