package city.hamana.capability.broadcasts;

import java.util.Arrays;
import java.util.Optional;

/** How far a broadcast is. */
public enum State {
    DRAFT,
    WAITING,
    APPROVED,
    SENDING,
    SENT,
    STOPPED;

    /** What is done with one. */
    enum Act {
        SUBMIT,
        APPROVE,
        RETURN,
        STOP,
        BEGIN,
        FINISH
    }

    /** All that can happen; what does not stand here cannot. */
    private enum Edge {
        A(DRAFT, Act.SUBMIT, WAITING, "submitted"),
        B(WAITING, Act.APPROVE, APPROVED, "approved"),
        C(WAITING, Act.RETURN, DRAFT, "returned"),
        D(APPROVED, Act.BEGIN, SENDING, "begun"),
        E(APPROVED, Act.STOP, STOPPED, "stopped"),
        F(SENDING, Act.STOP, STOPPED, "stopped"),
        G(SENDING, Act.FINISH, SENT, "finished");

        private final State from;
        private final Act act;
        private final State to;
        private final String event;

        Edge(State from, Act act, State to, String event) {
            this.from = from;
            this.act = act;
            this.to = to;
            this.event = event;
        }
    }

    /** Where an act leads, and the event that tells of it. */
    record Step(State to, String event) {}

    Optional<Step> step(Act act) {
        return Arrays.stream(Edge.values())
                .filter(edge -> edge.from == this && edge.act == act)
                .map(edge -> new Step(edge.to, "broadcasts." + edge.event))
                .findFirst();
    }
}
