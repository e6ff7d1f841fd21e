package city.hamana.capability.payments;

/** What became of money that came. */
public sealed interface Taken {
    /** All of it went to the charge. */
    record Paid(String receipt) implements Taken {}

    /** Some or all of it was too much: that waits to be refunded. */
    record TooMuch(String receipt, long extraYen) implements Taken {}

    /** It had come before, under this receipt; nothing changed. */
    record Again(String receipt) implements Taken {}

    /** There is no such charge; nothing changed. */
    record Unknown() implements Taken {}
}
