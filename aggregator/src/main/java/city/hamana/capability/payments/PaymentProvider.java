package city.hamana.capability.payments;

import java.net.URI;
import java.time.Instant;

/**
 * A company that takes payments by card and QR. The payer's card is typed on its pages and never comes here. What cannot
 * be said now is an answer too: nothing is thrown.
 */
interface PaymentProvider {
    /**
     * What is to be paid.
     *
     * @param code our name for the attempt; the same twice begins one payment
     * @param back where the payer comes back to
     */
    record Wish(String code, Channel channel, long yen, URI back) {}

    /** What it says to a wish. */
    sealed interface Begun {
        /** The payer goes to this address. */
        record Ready(String payment, URI address) implements Begun {}

        /** It does not want this payment, or cannot be reached. */
        record Not(String why) implements Begun {}
    }

    /** What it says of a payment. */
    sealed interface Seen {
        /**
         * How far it is.
         *
         * @param payment its name for the payment
         * @param code our name for the attempt
         * @param at when that came to be
         */
        record Known(String payment, String code, Progress progress, long yen, Instant at) implements Seen {}

        /** It knows no such payment, or cannot be reached. */
        record Not(String why) implements Seen {}
    }

    /** What a web-hook tells. */
    sealed interface Told {
        /** Signed by the provider, a short while ago. */
        record Trusted(Seen.Known known) implements Told {}

        /** Signed, but nothing to us: an event of a kind that changes no payment. */
        record Nothing() implements Told {}

        /** Not to be believed. */
        record Untrusted(String why) implements Told {}
    }

    /** Begins a payment. */
    Begun begin(Wish wish);

    /** How far it is. */
    Seen query(String payment);

    /** Asks it to end a payment that the payer does not want any more. */
    Seen cancel(String payment);

    /**
     * Gives money back to the card or wallet from which it came; false when it does not, or cannot be reached.
     *
     * @param once the same twice is given back once
     */
    boolean refund(String payment, long yen, String once);

    /** Reads a web-hook. */
    Told told(String signature, byte[] body);
}
