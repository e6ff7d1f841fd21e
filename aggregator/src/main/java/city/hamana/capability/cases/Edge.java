package city.hamana.capability.cases;

import static city.hamana.capability.cases.Act.AGREE;
import static city.hamana.capability.cases.Act.ANSWER;
import static city.hamana.capability.cases.Act.CLOSE;
import static city.hamana.capability.cases.Act.DECIDE;
import static city.hamana.capability.cases.Act.DELIVER;
import static city.hamana.capability.cases.Act.HAND;
import static city.hamana.capability.cases.Act.MERGE;
import static city.hamana.capability.cases.Act.PASS;
import static city.hamana.capability.cases.Act.PROPOSE;
import static city.hamana.capability.cases.Act.REOPEN;
import static city.hamana.capability.cases.Act.RESUME;
import static city.hamana.capability.cases.Act.RETURN;
import static city.hamana.capability.cases.Act.SEND_BACK;
import static city.hamana.capability.cases.Act.SPLIT;
import static city.hamana.capability.cases.Act.TAKE;
import static city.hamana.capability.cases.Act.WITHDRAW;
import static city.hamana.capability.cases.Standing.AGREER;
import static city.hamana.capability.cases.Standing.APPLICANT;
import static city.hamana.capability.cases.Standing.DECIDER;
import static city.hamana.capability.cases.Standing.DEPARTMENT;
import static city.hamana.capability.cases.Standing.DRAFTER;
import static city.hamana.capability.cases.Standing.EXAMINER;
import static city.hamana.capability.cases.State.CLOSED;
import static city.hamana.capability.cases.State.DECIDED;
import static city.hamana.capability.cases.State.IN_PROGRESS;
import static city.hamana.capability.cases.State.MERGED;
import static city.hamana.capability.cases.State.PROPOSED;
import static city.hamana.capability.cases.State.RECEIVED;
import static city.hamana.capability.cases.State.RETURNED;
import static city.hamana.capability.cases.State.WITHDRAWN;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One way a case may go. What is not in the table cannot happen.
 *
 * @param who one of these standings is needed
 * @param courses of which kinds of case
 * @param event that it leaves in the log
 */
record Edge(State from, Act act, Set<Standing> who, Set<Course> courses, State to, String event) {
    private static final Set<Course> ANY = EnumSet.allOf(Course.class);
    private static final Set<Course> APPLICATIONS = EnumSet.of(Course.APPLICATION);
    private static final Set<Course> REPORTS = EnumSet.of(Course.REPORT);
    private static final Set<Standing> OFFICE = EnumSet.of(DEPARTMENT);
    private static final Set<Standing> EXAMINERS = EnumSet.of(EXAMINER);
    private static final Set<Standing> DRAFTERS = EnumSet.of(DRAFTER);
    private static final Set<Standing> AGREERS = EnumSet.of(AGREER);
    private static final Set<Standing> DECIDERS = EnumSet.of(DECIDER);
    /** Whoever has the draft before them may give it back. */
    private static final Set<Standing> READERS = EnumSet.of(AGREER, DECIDER);

    private static final Set<Standing> APPLICANTS = EnumSet.of(APPLICANT);
    /** An answer may also come by telephone or at the counter, where staff write it down. */
    private static final Set<Standing> EITHER = EnumSet.of(APPLICANT, DEPARTMENT);

    static final List<Edge> TABLE = List.of(
            new Edge(RECEIVED, TAKE, OFFICE, ANY, IN_PROGRESS, "cases.taken"),
            new Edge(RECEIVED, HAND, OFFICE, ANY, RECEIVED, "cases.handed"),
            new Edge(RECEIVED, RETURN, OFFICE, APPLICATIONS, RETURNED, "cases.returned"),
            new Edge(RECEIVED, CLOSE, OFFICE, REPORTS, CLOSED, "cases.closed"),
            new Edge(RECEIVED, MERGE, OFFICE, REPORTS, MERGED, "cases.merged"),
            new Edge(RECEIVED, WITHDRAW, APPLICANTS, ANY, WITHDRAWN, "cases.withdrawn"),
            new Edge(IN_PROGRESS, TAKE, OFFICE, ANY, IN_PROGRESS, "cases.taken"),
            new Edge(IN_PROGRESS, HAND, OFFICE, ANY, RECEIVED, "cases.handed"),
            new Edge(IN_PROGRESS, RETURN, OFFICE, APPLICATIONS, RETURNED, "cases.returned"),
            new Edge(IN_PROGRESS, PASS, EXAMINERS, APPLICATIONS, RECEIVED, "cases.passed"),
            new Edge(IN_PROGRESS, PROPOSE, DRAFTERS, APPLICATIONS, PROPOSED, "cases.proposed"),
            new Edge(IN_PROGRESS, CLOSE, OFFICE, REPORTS, CLOSED, "cases.closed"),
            new Edge(IN_PROGRESS, MERGE, OFFICE, REPORTS, MERGED, "cases.merged"),
            new Edge(IN_PROGRESS, WITHDRAW, APPLICANTS, ANY, WITHDRAWN, "cases.withdrawn"),
            new Edge(RETURNED, ANSWER, EITHER, APPLICATIONS, IN_PROGRESS, "cases.answered"),
            new Edge(RETURNED, RESUME, OFFICE, APPLICATIONS, IN_PROGRESS, "cases.resumed"),
            new Edge(RETURNED, WITHDRAW, APPLICANTS, APPLICATIONS, WITHDRAWN, "cases.withdrawn"),
            new Edge(PROPOSED, AGREE, AGREERS, APPLICATIONS, PROPOSED, "cases.agreed"),
            new Edge(PROPOSED, DECIDE, DECIDERS, APPLICATIONS, DECIDED, "cases.decided"),
            new Edge(PROPOSED, SEND_BACK, READERS, APPLICATIONS, IN_PROGRESS, "cases.sent-back"),
            new Edge(PROPOSED, WITHDRAW, APPLICANTS, APPLICATIONS, WITHDRAWN, "cases.withdrawn"),
            new Edge(DECIDED, DELIVER, OFFICE, APPLICATIONS, CLOSED, "cases.delivered"),
            new Edge(CLOSED, REOPEN, OFFICE, REPORTS, IN_PROGRESS, "cases.reopened"),
            new Edge(MERGED, SPLIT, OFFICE, REPORTS, RECEIVED, "cases.split"));

    static Optional<Edge> of(Course course, State from, Act act) {
        return TABLE.stream()
                .filter(edge -> edge.from == from && edge.act == act && edge.courses.contains(course))
                .findFirst();
    }

    /** The ways open to somebody of these standings. */
    static List<Edge> from(Course course, State from, Set<Standing> standings) {
        return TABLE.stream()
                .filter(edge -> edge.from == from && edge.courses.contains(course) && edge.openTo(standings))
                .toList();
    }

    boolean openTo(Set<Standing> standings) {
        return standings.stream().anyMatch(who::contains);
    }
}
