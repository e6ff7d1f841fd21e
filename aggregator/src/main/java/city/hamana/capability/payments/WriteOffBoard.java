package city.hamana.capability.payments;

import city.hamana.platform.html.FieldError;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Write-offs for staff.
 *
 * @param year fiscal year that is shown, and those that can be
 * @param asked those that wait for a second person
 * @param done those of the year
 * @param old claims that have waited longest
 * @param services by their names in the code
 * @param bill that was typed, and so on
 * @param said what was done just now; empty for nothing
 * @param reader as the event log names who reads: nobody agrees with their own wish
 */
public record WriteOffBoard(
        int year,
        List<Integer> years,
        LocalDate today,
        List<WriteOff> asked,
        List<WriteOff> done,
        List<OldClaim> old,
        Map<String, Creditor> services,
        String bill,
        String reason,
        String note,
        List<FieldError> errors,
        String said,
        String reader) {
    /** What is written off in the year and was not taken back, in yen. */
    public long yen() {
        return done.stream()
                .filter(w -> w.state() == WriteOffState.DONE)
                .mapToLong(WriteOff::yen)
                .sum();
    }

    /** The reasons that can be chosen. */
    public List<String> reasons() {
        return Lapses.REASONS;
    }
}
