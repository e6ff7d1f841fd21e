package city.hamana.service.network;

import static city.hamana.service.network.LeakState.CLOSED;
import static city.hamana.service.network.LeakState.FIELD;
import static city.hamana.service.network.LeakState.LOCATED;
import static city.hamana.service.network.LeakState.NOTHING;
import static city.hamana.service.network.LeakState.REPAIRED;
import static city.hamana.service.network.LeakState.SUSPECTED;

import java.util.List;
import java.util.Optional;

/**
 * One way a leak's record may go; what is not in the table cannot happen. The last step can be taken back, by {@code undo}, as
 * long as there is one.
 *
 * @param act as forms and words have it
 * @param event that it leaves
 * @param kinds of which one is to be chosen with it; empty: none is asked for
 */
public record Edge(LeakState from, String act, LeakState to, String event, List<String> kinds) {
    /** What was leaking. */
    public static final List<String> FINDINGS = List.of("main", "service", "valve", "hydrant", "inside", "other");

    /** What it was when it was no leak. */
    public static final List<String> CAUSES = List.of("use", "meter", "unknown");

    static final List<Edge> TABLE = List.of(
            new Edge(SUSPECTED, "visit", FIELD, "network.leak-visited", List.of()),
            new Edge(SUSPECTED, "nothing", NOTHING, "network.leak-nothing", CAUSES),
            new Edge(FIELD, "locate", LOCATED, "network.leak-located", FINDINGS),
            new Edge(FIELD, "nothing", NOTHING, "network.leak-nothing", CAUSES),
            new Edge(LOCATED, "repair", REPAIRED, "network.leak-repaired", List.of()),
            new Edge(REPAIRED, "close", CLOSED, "network.leak-closed", FINDINGS));

    static List<Edge> from(LeakState state) {
        return TABLE.stream().filter(edge -> edge.from == state).toList();
    }

    static Optional<Edge> of(LeakState from, String act) {
        return from(from).stream().filter(edge -> edge.act.equals(act)).findFirst();
    }

    /** Whether it says what was leaking, how much and where. */
    public boolean finding() {
        return kinds.equals(FINDINGS);
    }

    public boolean asks() {
        return !kinds.isEmpty();
    }
}
