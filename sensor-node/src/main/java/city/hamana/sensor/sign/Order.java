package city.hamana.sensor.sign;

import city.hamana.messages.v1.Command;
import city.hamana.messages.v1.CommandOutcome;
import city.hamana.messages.v1.SignAspect;
import java.time.Duration;

/**
 * City hall's last command and how long it still lasts. It ends at the instant it names, by a clock that is set; and by
 * any clock after the time between its issue and its end, a day at most, counted while the program runs.
 *
 * @param leftMs what is left of that time
 * @param outcome what became of it
 */
record Order(Command command, long leftMs, CommandOutcome outcome) {
    /** The longest that a command lasts. */
    static final Duration LONGEST = Duration.ofDays(1);

    static final Order NONE = new Order(Command.getDefaultInstance(), 0, CommandOutcome.COMMAND_OUTCOME_UNSPECIFIED);

    /** A command that has just come. */
    static Order of(Command command, Moment now) {
        long lasts = command.getExpiresUnixMs() - command.getIssuedUnixMs();
        if (now.clockSet()) {
            lasts = Math.min(lasts, command.getExpiresUnixMs() - now.unixMs());
        }
        if (lasts <= 0) {
            return new Order(command, 0, CommandOutcome.COMMAND_OUTCOME_EXPIRED);
        }
        boolean takesBack = command.getAspect() == SignAspect.SIGN_ASPECT_UNSPECIFIED && !command.getSilenceSiren();
        return takesBack
                ? new Order(command, 0, CommandOutcome.COMMAND_OUTCOME_ENDED)
                : new Order(command, Math.min(lasts, LONGEST.toMillis()), CommandOutcome.COMMAND_OUTCOME_IN_FORCE);
    }

    /** The same, so many milliseconds later. */
    Order after(long elapsedMs, Moment now) {
        if (!inForce()) {
            return this;
        }
        long left = Math.max(0, leftMs - elapsedMs);
        boolean over = left == 0 || (now.clockSet() && now.unixMs() >= command.getExpiresUnixMs());
        return over ? new Order(command, 0, CommandOutcome.COMMAND_OUTCOME_ENDED) : new Order(command, left, outcome);
    }

    /** Obeyed, or overruled by the water for now. */
    Order obeyed(boolean fully) {
        CommandOutcome now = fully ? CommandOutcome.COMMAND_OUTCOME_IN_FORCE : CommandOutcome.COMMAND_OUTCOME_OVERRULED;
        return inForce() ? new Order(command, leftMs, now) : this;
    }

    boolean inForce() {
        return leftMs > 0;
    }

    boolean silences() {
        return inForce() && command.getSilenceSiren();
    }

    /** What the sign is to show; UNSPECIFIED: what the water says. */
    SignAspect aspect() {
        return inForce() ? command.getAspect() : SignAspect.SIGN_ASPECT_UNSPECIFIED;
    }
}
