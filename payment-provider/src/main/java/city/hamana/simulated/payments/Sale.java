package city.hamana.simulated.payments;

import java.time.Instant;

/** One payment as the provider knows it. Its owner guards it with its monitor. */
final class Sale {
    final String id;
    final String method;
    final long yen;
    final String reference;
    final String back;
    final Instant begun;
    private String state = "created";
    private long refunded;
    private Instant changed;
    private int taken;
    private int refused;

    Sale(String id, String method, long yen, String reference, String back, Instant begun) {
        this.id = id;
        this.method = method;
        this.yen = yen;
        this.reference = reference;
        this.back = back;
        this.begun = begun;
        this.changed = begun;
    }

    synchronized String state() {
        return state;
    }

    synchronized long refunded() {
        return refunded;
    }

    synchronized Instant changed() {
        return changed;
    }

    /** Whether it was not settled either way yet; then it is now. */
    synchronized boolean become(String next, Instant now) {
        boolean open = state.equals("created") || state.equals("pending");
        // A bank may have said yes in the moment in which the shop said no: that is what late successes are made of.
        boolean late = next.equals("succeeded") && state.equals("cancelled");
        if ((!open && !late) || next.equals(state)) {
            return false;
        }
        state = next;
        changed = now;
        return true;
    }

    /** Whether so much could be given back; then it is. */
    synchronized boolean refund(long amount) {
        boolean fits = state.equals("succeeded") && amount > 0 && refunded + amount <= yen;
        refunded += fits ? amount : 0;
        return fits;
    }

    /** The shop was told something of it, and took it or did not. */
    synchronized void told(boolean isTaken) {
        taken += isTaken ? 1 : 0;
        refused += isTaken ? 0 : 1;
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int refused() {
        return refused;
    }
}
