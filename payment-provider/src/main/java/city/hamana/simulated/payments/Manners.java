package city.hamana.simulated.payments;

import java.time.Duration;

/**
 * How the provider tells of what happened.
 *
 * @param late how long it waits before it tells
 * @param copies how often it tells of one thing; 0 never tells
 * @param backwards whether what came later is told before what came first
 * @param forged whether the signature is made with another secret
 */
public record Manners(Duration late, int copies, boolean backwards, boolean forged) {
    /** At once, once, in order, signed. */
    public static final Manners GOOD = new Manners(Duration.ZERO, 1, false, false);

    /** These, but so late. */
    public Manners after(Duration time) {
        return new Manners(time, copies, backwards, forged);
    }

    /** These, but so often. */
    public Manners times(int number) {
        return new Manners(late, number, backwards, forged);
    }

    /** These, but the last first. */
    public Manners outOfOrder() {
        return new Manners(late, copies, true, forged);
    }

    /** These, but signed by somebody else. */
    public Manners withForeignSignature() {
        return new Manners(late, copies, backwards, true);
    }
}
