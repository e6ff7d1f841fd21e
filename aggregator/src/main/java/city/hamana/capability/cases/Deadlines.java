package city.hamana.capability.cases;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The clock of a case. The standard period (行政手続法 第6条) runs in working days from the arrival; while the applicant has
 * something to correct it stands still, and what was left of it goes on afterwards.
 *
 * @param zone the city's
 */
record Deadlines(WorkingDays days, ZoneId zone) {
    /**
     * How a clock stands.
     *
     * @param due first moment that is too late
     * @param stopped since when it stands still
     */
    record Clock(Optional<Instant> due, Optional<Instant> stopped) {}

    Optional<Instant> first(Instant arrived, int termDays, Optional<Instant> moment) {
        return termDays > 0 ? Optional.of(endOf(days.after(day(arrived), termDays))) : moment;
    }

    Clock after(CaseFile before, Edge edge, Instant now) {
        if (edge.to() == State.RETURNED) {
            return new Clock(before.due(), before.stopped().or(() -> Optional.of(now)));
        }
        if (before.stopped().isEmpty() || edge.to() == State.WITHDRAWN) {
            return new Clock(before.due(), Optional.empty());
        }
        Instant since = before.stopped().get();
        return new Clock(before.due().map(due -> later(before, due, since, now)), Optional.empty());
    }

    /** Working days left of a term, 0 on its last day. */
    Optional<Integer> left(CaseFile file, Instant now) {
        return file.state().open() && file.stopped().isEmpty()
                ? file.due().map(due -> days.between(day(now), day(due.minusMillis(1))))
                : Optional.empty();
    }

    private Instant later(CaseFile file, Instant due, Instant since, Instant now) {
        if (file.termDays() == 0) {
            return due.plus(Duration.between(since, now));
        }
        int stood = Math.max(0, days.between(day(since), day(now)));
        return endOf(days.after(day(due.minusMillis(1)), stood));
    }

    private LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }

    private Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
