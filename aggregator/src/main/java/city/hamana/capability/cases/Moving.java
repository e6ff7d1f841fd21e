package city.hamana.capability.cases;

import city.hamana.platform.http.Caller;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a case is after a move. */
final class Moving {
    private Moving() {}

    /**
     * @param way its steps; empty for reports
     * @param clock how its deadline and its stop stand after the move
     */
    static CaseFile moved(
            CaseFile c, List<Stage> way, Edge edge, Caller who, Move move, Instant now, Deadlines.Clock clock) {
        int at = stepAt(c, way, move.act());
        String department = department(c, way, at, move);
        return new CaseFile(
                c.id(),
                c.kind(),
                c.title(),
                edge.to(),
                c.version() + 1,
                department,
                department.equals(c.department()) ? assignee(c, who, move.act()) : Optional.empty(),
                proposer(c, who, move.act()),
                at,
                way.isEmpty()
                        ? Optional.empty()
                        : Optional.of(way.get(at).step().in(department)),
                c.applicant(),
                c.filedBy(),
                move.data().orElse(c.data()),
                c.opened(),
                now,
                c.termDays(),
                clock.due(),
                clock.stopped(),
                mergedInto(c, move),
                c.openedFrom());
    }

    private static int stepAt(CaseFile c, List<Stage> way, Act act) {
        return switch (act) {
            case PASS, PROPOSE, AGREE -> c.stepAt() + 1;
            case SEND_BACK ->
                (int) way.stream()
                        .takeWhile(stage -> stage.step().work() != Step.Work.DRAFT)
                        .count();
            case TAKE, HAND, RETURN, ANSWER, RESUME, DECIDE, DELIVER, CLOSE, REOPEN, WITHDRAW, MERGE, SPLIT ->
                c.stepAt();
        };
    }

    private static String department(CaseFile c, List<Stage> way, int at, Move move) {
        if (move.act() == Act.HAND) {
            return move.to();
        }
        return at == c.stepAt() ? c.department() : way.get(at).step().department();
    }

    /** Who reads the note of a move. */
    static Audience audience(Act act) {
        return switch (act) {
            case RETURN, ANSWER, DELIVER, CLOSE, REOPEN, WITHDRAW -> Audience.APPLICANT;
            case TAKE, HAND, RESUME, PASS, PROPOSE, AGREE, SEND_BACK, DECIDE, MERGE, SPLIT -> Audience.STAFF;
        };
    }

    static Map<String, String> detail(CaseFile before, CaseFile after, Move move) {
        Map<String, String> detail = new LinkedHashMap<>(move.detail());
        detail.put("kind", before.kind());
        detail.put("from", before.state().code());
        detail.put("to", after.state().code());
        if (!after.department().equals(before.department())) {
            detail.put("where", after.department());
        } else if (!move.to().isEmpty()) {
            detail.put("where", move.to());
        }
        before.step().ifPresent(step -> detail.put("step", step.code()));
        return detail;
    }

    private static Optional<CaseFile.Worker> assignee(CaseFile c, Caller who, Act act) {
        return switch (act) {
            case TAKE, REOPEN ->
                who instanceof Caller.Person person
                        ? Optional.of(new CaseFile.Worker(person.actor(), person.name()))
                        : Optional.empty();
            case HAND, PASS, SPLIT -> Optional.empty();
            case RETURN, ANSWER, RESUME, PROPOSE, AGREE, SEND_BACK, DECIDE, DELIVER, CLOSE, WITHDRAW, MERGE ->
                c.assignee();
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
