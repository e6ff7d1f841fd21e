package city.hamana.capability.cases;

import city.hamana.platform.access.Rank;
import city.hamana.platform.http.Caller;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How a case is after a move. */
final class Moving {
    private Moving() {}

    /** @param clock how its deadline and its stop stand after the move */
    static CaseFile moved(CaseFile c, Edge edge, Caller who, Move move, Instant now, Deadlines.Clock clock) {
        return new CaseFile(
                c.id(),
                c.kind(),
                c.title(),
                edge.to(),
                c.version() + 1,
                move.act() == Act.HAND ? move.to() : c.department(),
                assignee(c, who, move.act()),
                proposer(c, who, move.act()),
                move.act() == Act.PROPOSE ? move.rank().orElse(Rank.MANAGER) : c.deciderRank(),
                c.applicant(),
                c.filedBy(),
                move.data().orElse(c.data()),
                c.opened(),
                now,
                c.termDays(),
                clock.due(),
                clock.stopped(),
                mergedInto(c, move));
    }

    /** Who reads the note of a move. */
    static Audience audience(Act act) {
        return switch (act) {
            case RETURN, ANSWER, DELIVER, CLOSE, REOPEN, WITHDRAW -> Audience.APPLICANT;
            case TAKE, HAND, RESUME, PROPOSE, SEND_BACK, DECIDE, MERGE, SPLIT -> Audience.STAFF;
        };
    }

    static Map<String, String> detail(CaseFile before, CaseFile after, Move move) {
        Map<String, String> detail = new LinkedHashMap<>(move.detail());
        detail.put("kind", before.kind());
        detail.put("from", before.state().code());
        detail.put("to", after.state().code());
        if (!move.to().isEmpty()) {
            detail.put("where", move.to());
        }
        return detail;
    }

    private static Optional<CaseFile.Worker> assignee(CaseFile c, Caller who, Act act) {
        return switch (act) {
            case TAKE, REOPEN ->
                who instanceof Caller.Person person
                        ? Optional.of(new CaseFile.Worker(person.actor(), person.name()))
                        : Optional.empty();
            case HAND, SPLIT -> Optional.empty();
            case RETURN, ANSWER, RESUME, PROPOSE, SEND_BACK, DECIDE, DELIVER, CLOSE, WITHDRAW, MERGE -> c.assignee();
        };
    }

    private static String proposer(CaseFile c, Caller who, Act act) {
        if (act == Act.PROPOSE) {
            return who.actor();
        }
        return act == Act.SEND_BACK ? "" : c.proposer();
    }

    private static Optional<String> mergedInto(CaseFile c, Move move) {
        if (move.act() == Act.MERGE) {
            return Optional.of(move.to());
        }
        return move.act() == Act.SPLIT ? Optional.empty() : c.mergedInto();
    }
}
