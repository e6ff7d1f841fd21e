package city.hamana.capability.broadcasts;

import city.hamana.capability.notices.Announcement;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.jobs.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Sends an approved broadcast, a portion at a time; each portion puts the next one into the queue. */
final class Sender {
    private static final String SEND = "broadcasts-send";
    private static final int PORTION = 100;
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final Events events;
    private final People people;
    private final Notices notices;
    private final Store store;
    private final Audience audience;
    private final Jobs jobs;
    private final Clock city;
    private final InstantSource real;

    Sender(
            Database database,
            Events events,
            People people,
            Notices notices,
            Store store,
            Audience audience,
            Jobs jobs,
            Clock city,
            InstantSource real) {
        this.database = database;
        this.events = events;
        this.people = people;
        this.notices = notices;
        this.store = store;
        this.audience = audience;
        this.jobs = jobs;
        this.city = city;
        this.real = real;
    }

    void work(Jobs on) {
        on.handle(SEND, this::portion);
    }

    /** To be called with the approval, in its transaction. */
    void plan(Handle tx, Broadcast broadcast) {
        again(tx, broadcast, Duration.ZERO);
    }

    private void again(Handle tx, Broadcast broadcast, Duration later) {
        jobs.add(tx, SEND, Long.toString(broadcast.id()), real.instant().plus(later));
    }

    private void portion(Task task) {
        long id = Long.parseLong(task.payload());
        database.inTransaction(tx -> {
            store.locked(tx, id).ifPresent(broadcast -> portion(tx, broadcast));
            return id;
        });
    }

    private void portion(Handle tx, Broadcast broadcast) {
        // Planned on the city's clock, while the queue runs on real time: a demonstration's days are shorter.
        Duration early = Duration.between(city.instant(), broadcast.planned());
        if (broadcast.state() == State.APPROVED && early.isPositive()) {
            again(tx, broadcast, early.compareTo(LOOK_EVERY) < 0 ? early : LOOK_EVERY);
            return;
        }
        if (broadcast.state() == State.APPROVED) {
            move(tx, broadcast, State.Act.BEGIN);
        } else if (broadcast.state() != State.SENDING) {
            return;
        }
        LocalDate today = LocalDate.now(city);
        List<Party> portion = people.after(tx, broadcast.reached(), PORTION);
        for (Party party : audience.chosen(tx, broadcast, portion, today)) {
            notices.announce(tx, announcement(tx, broadcast, party));
        }
        if (portion.isEmpty()) {
            move(tx, broadcast, State.Act.FINISH);
        } else {
            store.reached(tx, broadcast.id(), Long.parseLong(portion.getLast().id()));
            again(tx, broadcast, Duration.ZERO);
        }
    }

    private Announcement announcement(Handle tx, Broadcast broadcast, Party party) {
        String stop = store.stop(tx, party.id(), broadcast.topic(), Secret.shorter());
        return new Announcement(
                party.id(),
                broadcast.texts(),
                broadcast.link(),
                broadcast.urgency(),
                broadcast.once() + party.id(),
                broadcast.letterFrom(),
                "/stop/" + stop);
    }

    private void move(Handle tx, Broadcast broadcast, State.Act act) {
        State now = store.broadcast(tx, broadcast.id()).orElseThrow().state();
        now.step(act).ifPresent(step -> {
            store.move(tx, broadcast.id(), step.to(), broadcast.approver(), broadcast.remark());
            events.append(
                    tx, new Event(city.instant(), step.event(), "system", "broadcast:" + broadcast.id(), Map.of()));
        });
    }
}
