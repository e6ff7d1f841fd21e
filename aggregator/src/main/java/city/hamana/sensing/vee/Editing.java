package city.hamana.sensing.vee;

import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Edits by hand. One person proposes hours with a reason, another confirms them, and only then do they count; the readings
 * stay as they are, so that taking an edit back brings back what was reckoned from them.
 */
final class Editing {
    private final Events events;
    private final Clock clock;
    private final CityDays calendar;
    private final Edits edits;
    private final Runs runs;

    Editing(Events events, Clock clock, CityDays calendar, Edits edits, Runs runs) {
        this.events = events;
        this.clock = clock;
        this.calendar = calendar;
        this.edits = edits;
        this.runs = runs;
    }

    Edits edits() {
        return edits;
    }

    void propose(Handle tx, String meter, long fromMs, List<Long> millilitres, String reason, String by) {
        Edit edit = new Edit(
                0,
                meter,
                Instant.ofEpochMilli(fromMs),
                millilitres,
                reason,
                Edit.State.PROPOSED,
                by,
                clock.instant(),
                "");
        edits.propose(tx, edit);
        tell(tx, "vee.edit-proposed", edit, by);
    }

    /** Lets an edit count; false where it does not wait any more, or this is the person who proposed it. */
    boolean confirm(Handle tx, long id, String by) {
        return decide(tx, id, Edit.State.PROPOSED, Edit.State.EFFECTIVE, "vee.edit-confirmed", by, false);
    }

    /** Turns an edit down, or withdraws one's own; false where it does not wait any more. */
    boolean refuse(Handle tx, long id, String by) {
        return decide(tx, id, Edit.State.PROPOSED, Edit.State.REFUSED, "vee.edit-refused", by, true);
    }

    /** Takes an edit back that counts; false where it does not. */
    boolean undo(Handle tx, long id, String by) {
        return decide(tx, id, Edit.State.EFFECTIVE, Edit.State.UNDONE, "vee.edit-undone", by, true);
    }

    private boolean decide(
            Handle tx, long id, Edit.State from, Edit.State to, String kind, String by, boolean mayBeOwn) {
        Optional<Edit> edit = edits.one(tx, id)
                .filter(one -> one.state() == from)
                .filter(one -> mayBeOwn || !one.by().equals(by));
        boolean done = edit.isPresent() && edits.decide(tx, edit.get(), to, by, clock.instant());
        if (done) {
            again(tx, edit.get());
            tell(tx, kind, edit.get(), by);
        }
        return done;
    }

    private void again(Handle tx, Edit edit) {
        long last = edit.from()
                .plus(Duration.ofHours(edit.millilitres().size() - 1L))
                .toEpochMilli();
        runs.again(tx, edit.meter(), calendar.dayOf(edit.from().toEpochMilli()), calendar.dayOf(last));
    }

    private void tell(Handle tx, String kind, Edit edit, String by) {
        Map<String, Object> detail = Map.of(
                "from", edit.from().toString(), "hours", edit.millilitres().size(), "reason", edit.reason());
        events.append(tx, new Event(clock.instant(), kind, by, "meter:" + edit.meter(), detail));
    }
}
