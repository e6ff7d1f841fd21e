package city.hamana.capability.notices;

import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.jobs.Task;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Brings messages out of the house: one channel after the other, or all at once in an emergency. */
final class Courier {
    private static final String DELIVER = "notices-deliver";
    private static final String FOLLOW = "notices-follow";
    private static final int MOST_TRIES = 8;

    /** What must be read within the day goes by the next channel after so long. */
    static final Duration UNREAD_FOR = Duration.ofHours(3);

    /** Nobody is woken by a notice of the city [K], and nobody gets paper first: until a resident says otherwise. */
    static final Preference USUAL =
            new Preference(List.of(Channel.LINE, Channel.PUSH, Channel.MAIL), LocalTime.of(21, 0), LocalTime.of(8, 0));

    private final Database database;
    private final Events events;
    private final People people;
    private final Jobs jobs;
    private final Map<Channel, Carrier> carriers;
    private final URI address;
    private final Clock city;
    private final InstantSource real;

    Courier(
            Database database,
            Events events,
            People people,
            Jobs jobs,
            Map<Channel, Carrier> carriers,
            URI address,
            Clock city,
            InstantSource real) {
        this.database = database;
        this.events = events;
        this.people = people;
        this.jobs = jobs;
        this.carriers = Map.copyOf(carriers);
        this.address = address;
        this.city = city;
        this.real = real;
    }

    void work(Jobs on) {
        on.handle(DELIVER, this::deliver);
        on.handle(FOLLOW, this::follow);
    }

    /** Plans the first way, or all of them. */
    void begin(Handle tx, Message message) {
        List<Channel> open = open(tx, message);
        int most = message.urgency() == Urgency.EMERGENCY ? open.size() : 1;
        open.stream().limit(most).forEach(channel -> plan(tx, message, channel));
    }

    /**
     * Channels that the city has and on which the party can be reached, in the party's order.
     *
     * @param letterFrom division that would post a letter; empty for none
     */
    List<Channel> reach(Handle tx, Party party, String letterFrom) {
        Message any = new Message(
                0,
                "",
                party.id(),
                "",
                "",
                party.language(),
                "",
                "",
                "",
                Urgency.ORDINARY,
                letterFrom,
                "",
                real.instant(),
                Optional.empty());
        return open(tx, any);
    }

    Preference preference(Handle tx, Message message) {
        return Outbox.preference(tx, message.party()).orElse(USUAL);
    }

    private void deliver(Task task) {
        long id = Long.parseLong(task.payload());
        Optional<Way> way = database.inTransaction(tx -> ready(tx, id));
        if (way.isEmpty()) {
            return;
        }
        Message message = way.get().message;
        Delivery delivery = way.get().delivery;
        Outcome outcome = carriers.get(delivery.channel()).carry(message, way.get().address, delivery.key(), address);
        database.inTransaction(tx -> {
            settle(tx, message, delivery, outcome);
            return id;
        });
    }

    /** A delivery whose time has come, and where it goes. */
    private record Way(Message message, Delivery delivery, String address) {}

    private Optional<Way> ready(Handle tx, long id) {
        Optional<Delivery> waiting = Outbox.delivery(tx, id).filter(d -> d.state() == Delivery.State.WAITING);
        if (waiting.isEmpty()) {
            // Told before, or its recipient was forgotten.
            return Optional.empty();
        }
        Delivery delivery = waiting.get();
        Message message = Outbox.message(tx, delivery.message()).orElseThrow();
        if (message.read().isPresent() && message.urgency().waits()) {
            Outbox.tried(tx, id, Delivery.State.SPARED, "read before", real.instant());
            return Optional.empty();
        }
        Duration quiet = preference(tx, message).quiet(ZonedDateTime.now(city));
        if (!quiet.isZero() && message.urgency().waits()) {
            jobs.add(tx, DELIVER, Long.toString(id), real.instant().plus(quiet));
            return Optional.empty();
        }
        Optional<String> to = to(tx, message, delivery.channel());
        if (to.isEmpty()) {
            Outbox.tried(tx, id, Delivery.State.SPARED, "no address any more", real.instant());
            next(tx, message);
        }
        return to.map(t -> new Way(message, delivery, t));
    }

    private void settle(Handle tx, Message message, Delivery delivery, Outcome outcome) {
        Instant now = real.instant();
        switch (outcome) {
            case Outcome.Taken(var name) -> {
                Outbox.tried(tx, delivery.id(), Delivery.State.SENT, "", now);
                forget(tx, message);
                if (message.urgency() == Urgency.PROMPT && !left(tx, message).isEmpty()) {
                    jobs.add(tx, FOLLOW, Long.toString(message.id()), now.plus(UNREAD_FOR));
                }
                tell(tx, "notices.delivered", message, delivery);
            }
            case Outcome.Later(var pause, var reason) -> {
                boolean enough = delivery.tries() + 1 >= MOST_TRIES;
                Outbox.tried(tx, delivery.id(), enough ? Delivery.State.FAILED : Delivery.State.WAITING, reason, now);
                if (enough) {
                    failed(tx, message, delivery);
                } else {
                    jobs.add(
                            tx,
                            DELIVER,
                            Long.toString(delivery.id()),
                            now.plus(pause.multipliedBy(delivery.tries() + 1L)));
                }
            }
            case Outcome.ByHand() -> Outbox.tried(tx, delivery.id(), Delivery.State.WAITING, "", now);
            case Outcome.Never(var reason) -> {
                Outbox.tried(tx, delivery.id(), Delivery.State.FAILED, reason, now);
                failed(tx, message, delivery);
            }
        }
    }

    private void failed(Handle tx, Message message, Delivery delivery) {
        forget(tx, message);
        next(tx, message);
        tell(tx, "notices.failed", message, delivery);
    }

    private static void forget(Handle tx, Message message) {
        if (message.urgency() == Urgency.CODE) {
            Outbox.forget(tx, message.id());
        }
    }

    /** What had to be read and was not goes another way. */
    private void follow(Task task) {
        database.inTransaction(tx -> {
            Optional<Message> unread = Outbox.message(tx, Long.parseLong(task.payload()))
                    .filter(m -> m.read().isEmpty());
            unread.ifPresent(message -> next(tx, message));
            return unread;
        });
    }

    private void next(Handle tx, Message message) {
        left(tx, message).stream().findFirst().ifPresent(channel -> plan(tx, message, channel));
    }

    /** Channels that have not been tried; no letter where another one has brought it and it is only unread. */
    private List<Channel> left(Handle tx, Message message) {
        List<Delivery> made = Outbox.deliveries(tx, message.id());
        boolean brought = made.stream().anyMatch(d -> d.state() == Delivery.State.SENT);
        return open(tx, message).stream()
                .filter(channel -> made.stream().noneMatch(d -> d.channel() == channel))
                .filter(channel -> channel != Channel.LETTER || !brought)
                .toList();
    }

    private void plan(Handle tx, Message message, Channel channel) {
        long id = Outbox.plan(tx, message.id(), channel, UUID.randomUUID().toString(), real.instant());
        jobs.add(tx, DELIVER, Long.toString(id), real.instant());
    }

    /** Channels that the city has and on which the recipient can be reached, in the recipient's order. */
    private List<Channel> open(Handle tx, Message message) {
        List<Channel> wanted = message.urgency() == Urgency.EMERGENCY
                ? List.of(Channel.values())
                : preference(tx, message).channels();
        // Paper comes last where the recipient did not ask for it: the carrier knows whether it comes at all.
        return Stream.concat(wanted.stream(), Stream.of(Channel.LETTER))
                .distinct()
                .filter(channel -> carriers.containsKey(channel)
                        && to(tx, message, channel).isPresent())
                .toList();
    }

    private Optional<String> to(Handle tx, Message message, Channel channel) {
        Optional<Party> party = message.party().isEmpty() ? Optional.empty() : people.party(tx, message.party());
        return carriers.get(channel).address(tx, message, party);
    }

    private void tell(Handle tx, String kind, Message message, Delivery delivery) {
        Map<String, Object> detail =
                Map.of("message", message.id(), "channel", delivery.channel().name());
        String subject = message.party().isEmpty() ? "message:" + message.id() : Party.subject(message.party());
        events.append(tx, new Event(city.instant(), kind, "system", subject, detail));
    }
}
