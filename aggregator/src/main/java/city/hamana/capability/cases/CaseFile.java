package city.hamana.capability.cases;

import java.time.Instant;
import java.util.Optional;

/**
 * A case as it stands.
 *
 * @param id {@code 2026-000123}: year and number, none left out
 * @param version counts its changes; who changes it says which one was read
 * @param assignee staff who examine it
 * @param proposer actor who drafted the decision; empty text before
 * @param stepAt place of the step on its way, from 0
 * @param step that is being done; empty for reports, which have no way
 * @param applicant id of the party; empty for a reporter who gave no name
 * @param data JSON of the kind's own shape
 * @param termDays working days of the standard period, 0 for none
 * @param due first moment that is too late
 * @param stopped since when the clock stands still
 * @param mergedInto the case that goes on in its place
 * @param openedFrom the case at whose visit staff opened this one
 */
public record CaseFile(
        String id,
        String kind,
        String title,
        State state,
        int version,
        String department,
        Optional<Worker> assignee,
        String proposer,
        int stepAt,
        Optional<Step> step,
        Optional<String> applicant,
        String filedBy,
        String data,
        Instant opened,
        Instant changed,
        int termDays,
        Optional<Instant> due,
        Optional<Instant> stopped,
        Optional<String> mergedInto,
        Optional<String> openedFrom) {

    /**
     * A member of staff.
     *
     * @param actor {@code person:ID}
     */
    public record Worker(String actor, String name) {}

    /** As events and documents name it. */
    public String subject() {
        return "case:" + id;
    }

    /** Whether its deadline has passed while the city still had something to do. */
    public boolean overdue(Instant now) {
        return state.open()
                && stopped.isEmpty()
                && due.filter(end -> !now.isBefore(end)).isPresent();
    }
}
