package city.hamana.capability.payments;

import java.time.LocalDate;
import java.util.List;

/**
 * A charge and what became of it.
 *
 * @param paid in yen, credit that was used included
 * @param reminders how many went out
 * @param payments the oldest first
 */
public record ChargeState(long id, Charge charge, long paid, State state, int reminders, List<Payment> payments) {
    public ChargeState {
        payments = List.copyOf(payments);
    }

    /** What is to be paid in all, in yen. */
    public long yen() {
        return charge.yen();
    }

    /** What is still to be paid, in yen; 0 for a charge that was taken back or written off. */
    public long open() {
        return state.owing() ? yen() - paid : 0;
    }

    /** The last day on which it can be paid in time. */
    public LocalDate due() {
        return charge.due();
    }

    /** Whether something is to be paid and the day for it has passed. */
    public boolean overdue(LocalDate today) {
        return state.owing() && due().isBefore(today);
    }
}
