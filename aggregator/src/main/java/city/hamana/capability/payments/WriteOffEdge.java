package city.hamana.capability.payments;

import static city.hamana.capability.payments.WriteOffState.ASKED;
import static city.hamana.capability.payments.WriteOffState.DONE;
import static city.hamana.capability.payments.WriteOffState.RETURNED;
import static city.hamana.capability.payments.WriteOffState.UNDONE;

import java.util.List;
import java.util.Optional;

/**
 * One way a write-off may go. What is not in the table cannot happen.
 *
 * @param event that it leaves in the log
 */
record WriteOffEdge(WriteOffState from, WriteOffState to, String event) {
    static final List<WriteOffEdge> TABLE = List.of(
            new WriteOffEdge(ASKED, DONE, "payments.write-off-approved"),
            new WriteOffEdge(ASKED, RETURNED, "payments.write-off-returned"),
            new WriteOffEdge(DONE, UNDONE, "payments.write-off-undone"));

    static Optional<WriteOffEdge> of(WriteOffState from, WriteOffState to) {
        return TABLE.stream().filter(edge -> edge.from == from && edge.to == to).findFirst();
    }
}
