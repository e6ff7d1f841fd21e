package city.hamana.capability.payments;

import static city.hamana.capability.payments.MandateState.ACTIVE;
import static city.hamana.capability.payments.MandateState.ASKED;
import static city.hamana.capability.payments.MandateState.ENDED;
import static city.hamana.capability.payments.MandateState.REFUSED;

import java.util.List;
import java.util.Optional;

/**
 * One way a mandate may go. What is not in the table cannot happen.
 *
 * @param event that it leaves in the log
 */
record MandateEdge(MandateState from, MandateState to, String event) {
    static final List<MandateEdge> TABLE = List.of(
            new MandateEdge(ASKED, ACTIVE, "payments.debit-accepted"),
            new MandateEdge(ASKED, REFUSED, "payments.debit-refused"),
            new MandateEdge(ASKED, ENDED, "payments.debit-ended"),
            new MandateEdge(ACTIVE, ENDED, "payments.debit-ended"));

    static Optional<MandateEdge> of(MandateState from, MandateState to) {
        return TABLE.stream().filter(edge -> edge.from == from && edge.to == to).findFirst();
    }
}
