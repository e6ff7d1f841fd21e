package city.hamana.capability.payments;

import static city.hamana.capability.payments.RefundState.APPROVED;
import static city.hamana.capability.payments.RefundState.ASKED;
import static city.hamana.capability.payments.RefundState.OPEN;
import static city.hamana.capability.payments.RefundState.PAID;

import java.util.List;
import java.util.Optional;

/**
 * One way a refund may go. What is not in the table cannot happen.
 *
 * @param event that it leaves in the log
 */
record RefundEdge(RefundState from, RefundState to, String event) {
    static final List<RefundEdge> TABLE = List.of(
            new RefundEdge(OPEN, ASKED, "payments.refund-asked"),
            new RefundEdge(ASKED, OPEN, "payments.refund-returned"),
            new RefundEdge(ASKED, APPROVED, "payments.refund-approved"),
            new RefundEdge(APPROVED, PAID, "payments.refunded"));

    static Optional<RefundEdge> of(RefundState from, RefundState to) {
        return TABLE.stream().filter(edge -> edge.from == from && edge.to == to).findFirst();
    }
}
