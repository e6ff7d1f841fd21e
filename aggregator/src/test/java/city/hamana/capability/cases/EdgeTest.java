package city.hamana.capability.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The one table of edges, looked at whole. */
class EdgeTest {
    /** What may happen to an application: state, act, whose it is to do, state. Everything else may not. */
    private static final String APPLICATION = """
            RECEIVED TAKE DEPARTMENT IN_PROGRESS
            RECEIVED HAND DEPARTMENT RECEIVED
            RECEIVED RETURN DEPARTMENT RETURNED
            RECEIVED WITHDRAW APPLICANT WITHDRAWN
            IN_PROGRESS TAKE DEPARTMENT IN_PROGRESS
            IN_PROGRESS HAND DEPARTMENT RECEIVED
            IN_PROGRESS RETURN DEPARTMENT RETURNED
            IN_PROGRESS PASS EXAMINER RECEIVED
            IN_PROGRESS PROPOSE DRAFTER PROPOSED
            IN_PROGRESS WITHDRAW APPLICANT WITHDRAWN
            RETURNED ANSWER APPLICANT IN_PROGRESS
            RETURNED ANSWER DEPARTMENT IN_PROGRESS
            RETURNED RESUME DEPARTMENT IN_PROGRESS
            RETURNED WITHDRAW APPLICANT WITHDRAWN
            PROPOSED AGREE AGREER PROPOSED
            PROPOSED DECIDE DECIDER DECIDED
            PROPOSED SEND_BACK AGREER IN_PROGRESS
            PROPOSED SEND_BACK DECIDER IN_PROGRESS
            PROPOSED WITHDRAW APPLICANT WITHDRAWN
            DECIDED DELIVER DEPARTMENT CLOSED
            """;

    private static final String REPORT = """
            RECEIVED TAKE DEPARTMENT IN_PROGRESS
            RECEIVED HAND DEPARTMENT RECEIVED
            RECEIVED CLOSE DEPARTMENT CLOSED
            RECEIVED MERGE DEPARTMENT MERGED
            RECEIVED WITHDRAW APPLICANT WITHDRAWN
            IN_PROGRESS TAKE DEPARTMENT IN_PROGRESS
            IN_PROGRESS HAND DEPARTMENT RECEIVED
            IN_PROGRESS CLOSE DEPARTMENT CLOSED
            IN_PROGRESS MERGE DEPARTMENT MERGED
            IN_PROGRESS WITHDRAW APPLICANT WITHDRAWN
            CLOSED REOPEN DEPARTMENT IN_PROGRESS
            MERGED SPLIT DEPARTMENT RECEIVED
            """;

    @Test
    void anApplicationGoesTheseWaysAndNoOther() {
        assertEquals(new TreeSet<>(APPLICATION.lines().toList()), ways(Course.APPLICATION));
    }

    @Test
    void aReportGoesTheseWaysAndNoOther() {
        assertEquals(new TreeSet<>(REPORT.lines().toList()), ways(Course.REPORT));
    }

    @Test
    void nobodyMayDoAnythingWithoutAStanding() {
        for (Course course : Course.values()) {
            for (State state : State.values()) {
                assertEquals(List.of(), Edge.from(course, state, EnumSet.noneOf(Standing.class)));
            }
        }
    }

    @Test
    void everyCaseCanComeToAnEndFromWhereverItStands() {
        for (Course course : Course.values()) {
            Set<State> ending = new HashSet<>(Set.of(State.CLOSED, State.WITHDRAWN, State.MERGED));
            for (int round = 0; round < State.values().length; round++) {
                Edge.TABLE.stream()
                        .filter(edge -> edge.courses().contains(course) && ending.contains(edge.to()))
                        .forEach(edge -> ending.add(edge.from()));
            }
            Edge.TABLE.stream()
                    .filter(edge -> edge.courses().contains(course))
                    .forEach(edge -> assertTrue(ending.contains(edge.to()), course + " is stuck at " + edge.to()));
        }
    }

    @Test
    void anApplicationIsNeverClosedWithoutADecision() {
        Edge.TABLE.stream()
                .filter(edge -> edge.courses().contains(Course.APPLICATION) && edge.to() == State.CLOSED)
                .forEach(edge -> assertEquals(State.DECIDED, edge.from()));
    }

    private static Set<String> ways(Course course) {
        Set<String> lines = new TreeSet<>();
        for (State state : State.values()) {
            for (Act act : Act.values()) {
                Edge.of(course, state, act)
                        .ifPresent(edge -> Arrays.stream(Standing.values())
                                .filter(standing -> edge.openTo(EnumSet.of(standing)))
                                .forEach(s -> lines.add(state + " " + act + " " + s + " " + edge.to())));
            }
        }
        return lines;
    }
}
