package city.hamana.capability.payments;

import static city.hamana.capability.payments.Act.CREDIT_PART;
import static city.hamana.capability.payments.Act.CREDIT_REST;
import static city.hamana.capability.payments.Act.PAY_PART;
import static city.hamana.capability.payments.Act.PAY_REST;
import static city.hamana.capability.payments.Act.REMIND;
import static city.hamana.capability.payments.Act.RETURN_ALL;
import static city.hamana.capability.payments.Act.RETURN_PART;
import static city.hamana.capability.payments.Act.REVERSE;
import static city.hamana.capability.payments.Act.REVIVE;
import static city.hamana.capability.payments.Act.REVIVE_PART;
import static city.hamana.capability.payments.Act.WRITE_OFF;
import static city.hamana.capability.payments.State.OPEN;
import static city.hamana.capability.payments.State.PAID;
import static city.hamana.capability.payments.State.PARTLY_PAID;
import static city.hamana.capability.payments.State.REVERSED;
import static city.hamana.capability.payments.State.WRITTEN_OFF;

import java.util.List;
import java.util.Optional;

/**
 * One way a charge may go. What is not in the table cannot happen.
 *
 * @param event that it leaves in the log
 */
record Edge(State from, Act act, State to, String event) {
    static final List<Edge> TABLE = List.of(
            new Edge(OPEN, PAY_PART, PARTLY_PAID, "payments.paid"),
            new Edge(OPEN, PAY_REST, PAID, "payments.paid"),
            new Edge(OPEN, CREDIT_PART, PARTLY_PAID, "payments.credited"),
            new Edge(OPEN, CREDIT_REST, PAID, "payments.credited"),
            new Edge(OPEN, REMIND, OPEN, "payments.reminded"),
            new Edge(OPEN, REVERSE, REVERSED, "payments.reversed"),
            new Edge(OPEN, WRITE_OFF, WRITTEN_OFF, "payments.written-off"),
            new Edge(PARTLY_PAID, PAY_PART, PARTLY_PAID, "payments.paid"),
            new Edge(PARTLY_PAID, PAY_REST, PAID, "payments.paid"),
            new Edge(PARTLY_PAID, CREDIT_PART, PARTLY_PAID, "payments.credited"),
            new Edge(PARTLY_PAID, CREDIT_REST, PAID, "payments.credited"),
            new Edge(PARTLY_PAID, REMIND, PARTLY_PAID, "payments.reminded"),
            new Edge(PARTLY_PAID, REVERSE, REVERSED, "payments.reversed"),
            new Edge(PARTLY_PAID, WRITE_OFF, WRITTEN_OFF, "payments.written-off"),
            new Edge(WRITTEN_OFF, REVIVE, OPEN, "payments.write-off-undone"),
            new Edge(WRITTEN_OFF, REVIVE_PART, PARTLY_PAID, "payments.write-off-undone"),
            new Edge(PARTLY_PAID, RETURN_ALL, OPEN, "payments.receipt-reversed"),
            new Edge(PARTLY_PAID, RETURN_PART, PARTLY_PAID, "payments.receipt-reversed"),
            new Edge(PAID, RETURN_ALL, OPEN, "payments.receipt-reversed"),
            new Edge(PAID, RETURN_PART, PARTLY_PAID, "payments.receipt-reversed"),
            new Edge(PAID, REVERSE, REVERSED, "payments.reversed"));

    static Optional<Edge> of(State from, Act act) {
        return TABLE.stream()
                .filter(edge -> edge.from == from && edge.act == act)
                .findFirst();
    }
}
