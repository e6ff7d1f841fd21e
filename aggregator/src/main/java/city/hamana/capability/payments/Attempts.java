package city.hamana.capability.payments;

import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Payments by card and QR, from the wish to the provider's last word, by whatever way that comes. */
final class Attempts {
    private static final int MOST_ASKED = 50;
    private static final Duration ASK_EVERY = Duration.ofSeconds(45);
    private static final Duration ASK_ENDED_EVERY = Duration.ofMinutes(30);

    /** A payer who loads the page again and again does not make the provider answer as often. */
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

    private static final Duration PAYABLE = Duration.ofMinutes(30);

    /** A bank's late yes comes within a day, or it stands in the settlement file. */
    private static final Duration LATEST = Duration.ofHours(26);

    private final Database database;
    private final Events events;
    private final ChargeStore charges;
    private final AttemptStore store;
    private final Taking taking;
    private final PaymentProvider provider;
    private final InstantSource real;

    Attempts(
            Database database,
            Events events,
            ChargeStore charges,
            Taking taking,
            PaymentProvider provider,
            InstantSource real) {
        this.database = database;
        this.events = events;
        this.charges = charges;
        this.store = new AttemptStore(database.dialect());
        this.taking = taking;
        this.provider = provider;
        this.real = real;
    }

    /** Whether somebody is paying this charge just now. */
    Optional<Attempt> underWay(Handle tx, long charge) {
        return store.newest(tx, charge).filter(attempt -> attempt.state().underWay());
    }

    Optional<Attempt> one(Handle tx, String code) {
        return store.one(tx, code);
    }

    /**
     * Begins to pay what is open; who is paying already goes on with that. Empty when nothing is open.
     *
     * @param back address of return for the attempt of a code
     */
    Optional<Attempt> begin(long charge, Channel channel, String actor, Function<String, URI> back) {
        Optional<Attempt> attempt = database.inTransaction(tx -> write(tx, charge, channel, actor));
        return attempt.map(a -> a.state() == AttemptState.STARTING ? ask(a, back.apply(a.code())) : a);
    }

    private Optional<Attempt> write(Handle tx, long charge, Channel channel, String actor) {
        long open = charges.locked(tx, charge).map(ChargeState::open).orElse(0L);
        Optional<Attempt> before = underWay(tx, charge);
        if (open == 0 || before.isPresent()) {
            return open == 0 ? Optional.empty() : before;
        }
        Attempt fresh = new Attempt(
                Secret.shorter(), charge, channel, open, AttemptState.STARTING, "", "", actor, real.instant());
        store.add(tx, fresh);
        return Optional.of(fresh);
    }

    /** Outside of a transaction: the provider may take its time. */
    private Attempt ask(Attempt attempt, URI back) {
        PaymentProvider.Begun begun =
                provider.begin(new PaymentProvider.Wish(attempt.code(), attempt.channel(), attempt.yen(), back));
        return database.inTransaction(tx -> {
            switch (begun) {
                case PaymentProvider.Begun.Ready(var payment, var address) -> {
                    store.answered(tx, attempt.code(), payment, address.toString());
                    move(tx, attempt.code(), AttemptState.WAITING, attempt.actor(), "");
                }
                case PaymentProvider.Begun.Not(var why) ->
                    move(tx, attempt.code(), AttemptState.FAILED, attempt.actor(), why);
            }
            return store.one(tx, attempt.code()).orElseThrow();
        });
    }

    /** The payer does not want it any more. What the provider says then is the last word, or its late success is. */
    void cancel(String code, String actor) {
        Optional<Attempt> attempt = database.inTransaction(tx -> {
            move(tx, code, AttemptState.CANCELLED, actor, "");
            return store.one(tx, code);
        });
        attempt.filter(a -> !a.providerPayment().isEmpty()).ifPresent(a -> hear(provider.cancel(a.providerPayment())));
    }

    /** Asks the provider how far it is; for the payer who comes back, and for those whose web-hook never comes. */
    void ask(Attempt attempt) {
        Instant now = real.instant();
        if (!attempt.providerPayment().isEmpty()
                && database.holds(tx -> store.asked(tx, attempt.code(), now, now.minus(LEAST_PAUSE)))) {
            hear(provider.query(attempt.providerPayment()));
        }
    }

    /** The safety net: asks about all that is open, and gives up what nobody came back to. */
    void look() {
        Instant now = real.instant();
        database.inTransaction(tx -> store.toAsk(
                        tx, now.minus(LATEST), now.minus(ASK_EVERY), now.minus(ASK_ENDED_EVERY), MOST_ASKED))
                .forEach(this::ask);
        database.inTransaction(tx -> store.stale(tx, now.minus(PAYABLE), MOST_ASKED))
                .forEach(this::expire);
    }

    /** The provider is asked to end it too, so that it is not paid after all. */
    private void expire(Attempt attempt) {
        database.inTransaction(tx -> move(tx, attempt.code(), AttemptState.EXPIRED, "system", ""));
        if (!attempt.providerPayment().isEmpty()) {
            hear(provider.cancel(attempt.providerPayment()));
        }
    }

    private void hear(PaymentProvider.Seen seen) {
        if (seen instanceof PaymentProvider.Seen.Known known) {
            hear(known);
        }
    }

    /** What the provider says, by web-hook or when asked: both may come, in any order, any number of times. */
    boolean hear(PaymentProvider.Seen.Known known) {
        return database.inTransaction(tx -> {
            // The charge first, as who begins to pay does: two that lock in one order do not wait for each other for
            // ever.
            store.one(tx, known.code()).ifPresent(a -> charges.locked(tx, a.charge()));
            Optional<Attempt> attempt = store.locked(tx, known.code())
                    .filter(a ->
                            a.providerPayment().isEmpty() || a.providerPayment().equals(known.payment()));
            attempt.ifPresent(a -> AttemptState.of(known.progress()).ifPresent(to -> hear(tx, a, known, to)));
            return attempt.isPresent();
        });
    }

    private void hear(Handle tx, Attempt attempt, PaymentProvider.Seen.Known known, AttemptState to) {
        boolean moved = move(tx, attempt.code(), to, "provider", "");
        if (moved && to == AttemptState.SUCCEEDED) {
            Money money = new Money(
                    attempt.charge(),
                    attempt.channel(),
                    known.yen(),
                    known.at(),
                    known.payment(),
                    "provider:" + known.payment());
            // Whoever has cancelled does not expect it to be paid, and may have paid in another way.
            boolean unwanted = attempt.state() == AttemptState.CANCELLED;
            if (unwanted) {
                taking.takeUnwanted(tx, money, "provider");
            } else {
                taking.take(tx, money, "provider");
            }
        }
    }

    private boolean move(Handle tx, String code, AttemptState to, String actor, String why) {
        Optional<AttemptEdge> edge = store.locked(tx, code).flatMap(a -> AttemptEdge.of(a.state(), to));
        edge.ifPresent(e -> {
            store.move(tx, code, to, real.instant());
            long charge = store.one(tx, code).orElseThrow().charge();
            events.append(
                    tx,
                    new Event(
                            real.instant(),
                            e.event(),
                            actor,
                            Charging.sub(charge),
                            why.isEmpty() ? Map.of("attempt", code) : Map.of("attempt", code, "why", why)));
        });
        return edge.isPresent();
    }
}
