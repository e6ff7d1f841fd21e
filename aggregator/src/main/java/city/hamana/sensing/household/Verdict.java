package city.hamana.sensing.household;

import java.time.Instant;

/** What a detector says of one meter on one day. */
sealed interface Verdict {
    Verdict OFF = new Off();
    Verdict UNKNOWN = new Unknown();

    /**
     * It is the case.
     *
     * @param rate millilitres an hour
     */
    record On(Instant since, long rate, String reason) implements Verdict {}

    /** It is not, or no longer. */
    record Off() implements Verdict {}

    /** Too little was measured to say; what stood, stands. */
    record Unknown() implements Verdict {}
}
