package city.hamana.capability.payments;

import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import city.hamana.capability.rules.Rules;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reminders (督促) of what was not paid in time, when the city's rule says so. */
final class Reminders {
    /** The table of when they go out. */
    static final String TABLE = "payment-reminder";

    private static final int SLICE = 200;
    private static final int MOST_SLICES = 500;
    private static final int MOST_REMINDERS = 10;

    private final Database database;
    private final Events events;
    private final Notices notices;
    private final Rules rules;
    private final Till till;
    private final Clock clock;

    Reminders(Database database, Events events, Notices notices, Rules rules, Till till, Clock clock) {
        this.database = database;
        this.events = events;
        this.notices = notices;
        this.rules = rules;
        this.till = till;
        this.clock = clock;
    }

    /** Sends all that are due; doing it twice on a day sends none twice. */
    void send() {
        for (int sent = 0; sent < MOST_REMINDERS; sent++) {
            int number = sent;
            int slices = 0;
            while (slices++ < MOST_SLICES && database.holds(tx -> slice(tx, number))) {
                // Until all that had so many reminders have one more.
            }
        }
    }

    private boolean slice(Handle tx, int sent) {
        LocalDate today = LocalDate.now(clock);
        long after = Long.parseLong(
                rules.decide(tx, TABLE, today, Map.of("sent", sent)).results().get("after"));
        if (after == 0) {
            return false;
        }
        List<ChargeState> late = till.store().overdue(tx, today.minusDays(after), sent, SLICE);
        late.forEach(charge -> remind(tx, charge));
        return late.size() == SLICE;
    }

    private void remind(Handle tx, ChargeState charge) {
        Edge edge = Edge.of(charge.state(), Act.REMIND).orElseThrow();
        int number = charge.reminders() + 1;
        till.store().reminded(tx, charge.id(), number, LocalDate.now(clock));
        if (!charge.charge().party().isEmpty()) {
            notices.send(
                    tx,
                    new Notice(
                            new Recipient.Of(charge.charge().party()),
                            "payments.notice-reminder",
                            List.of("%,d".formatted(charge.open()), charge.due().toString()),
                            "/payments/" + charge.id(),
                            Urgency.PROMPT,
                            "payments:reminder:" + charge.id() + ":" + number,
                            till.creditor(charge.charge().service()).division()));
        }
        events.append(
                tx,
                new Event(
                        clock.instant(), edge.event(), "system", Charging.sub(charge.id()), Map.of("number", number)));
    }
}
