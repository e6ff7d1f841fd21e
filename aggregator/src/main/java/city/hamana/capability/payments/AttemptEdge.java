package city.hamana.capability.payments;

import static city.hamana.capability.payments.AttemptState.CANCELLED;
import static city.hamana.capability.payments.AttemptState.EXPIRED;
import static city.hamana.capability.payments.AttemptState.FAILED;
import static city.hamana.capability.payments.AttemptState.PENDING;
import static city.hamana.capability.payments.AttemptState.STARTING;
import static city.hamana.capability.payments.AttemptState.SUCCEEDED;
import static city.hamana.capability.payments.AttemptState.WAITING;

import java.util.List;
import java.util.Optional;

/**
 * One way an attempt may go. What is not in the table cannot happen: what the provider tells again, or too late to matter,
 * changes nothing. Money is another thing: a success counts whatever was said before.
 *
 * @param event that it leaves in the log
 */
record AttemptEdge(AttemptState from, AttemptState to, String event) {
    private static final String BEGUN = "payments.attempt-begun";
    private static final String SUCCESS = "payments.attempt-succeeded";
    private static final String LATE = "payments.attempt-succeeded-late";
    private static final String FAILURE = "payments.attempt-failed";
    private static final String CANCEL = "payments.attempt-cancelled";
    private static final String ASKED = "payments.attempt-pending";

    static final List<AttemptEdge> TABLE = List.of(
            new AttemptEdge(STARTING, WAITING, BEGUN),
            new AttemptEdge(STARTING, PENDING, ASKED),
            new AttemptEdge(STARTING, SUCCEEDED, SUCCESS),
            new AttemptEdge(STARTING, FAILED, FAILURE),
            new AttemptEdge(STARTING, CANCELLED, CANCEL),
            new AttemptEdge(WAITING, PENDING, ASKED),
            new AttemptEdge(WAITING, SUCCEEDED, SUCCESS),
            new AttemptEdge(WAITING, FAILED, FAILURE),
            new AttemptEdge(WAITING, CANCELLED, CANCEL),
            new AttemptEdge(WAITING, EXPIRED, "payments.attempt-expired"),
            new AttemptEdge(PENDING, SUCCEEDED, SUCCESS),
            new AttemptEdge(PENDING, FAILED, FAILURE),
            new AttemptEdge(PENDING, CANCELLED, CANCEL),
            new AttemptEdge(PENDING, EXPIRED, "payments.attempt-expired"),
            new AttemptEdge(FAILED, SUCCEEDED, LATE),
            new AttemptEdge(CANCELLED, SUCCEEDED, LATE),
            new AttemptEdge(EXPIRED, SUCCEEDED, LATE));

    static Optional<AttemptEdge> of(AttemptState from, AttemptState to) {
        return TABLE.stream().filter(edge -> edge.from == from && edge.to == to).findFirst();
    }
}
