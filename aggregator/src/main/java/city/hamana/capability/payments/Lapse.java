package city.hamana.capability.payments;

import java.time.LocalDate;

/**
 * What the city's rule says of writing off a claim for a reason.
 *
 * @param allowed whether it may be for this reason at all
 * @param from day from which the law's time runs: due, or reminded, or paid in part last
 * @param over first day on which the time is over
 * @param law on which it stands, of each of the claim's parts
 * @param rules rows of the rule table that said so
 */
public record Lapse(boolean allowed, LocalDate from, LocalDate over, String law, String rules) {
    /** Whether it may be written off on a day. */
    public boolean holds(LocalDate today) {
        return allowed && !today.isBefore(over);
    }
}
