package city.hamana.capability.people;

import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Role;
import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Who is signed in. A session ends 12 hours after it began, or one hour after its last use. Each sign-in, and each better
 * proof, makes a new one: a secret that somebody slipped to a browser before is worth nothing.
 */
final class Sessions {
    static final Duration LIFE = Duration.ofHours(12);
    static final Duration IDLE = Duration.ofHours(1);

    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);
    private static final int MOST_LISTED = 50;

    private final Database database;
    private final Events events;
    private final boolean staffNeedSecondFactor;
    private final InstantSource real;
    private final BiConsumer<Handle, String> everywhere;

    private record Owner(String id, String name) {}

    /** @param joined whether the entry was joined with another */
    private record Row(Account account, Instant created, Instant used, Proof proof, boolean joined) {}

    /** @param everywhere told of a person all of whose sessions were ended */
    Sessions(
            Database database,
            Events events,
            boolean staffNeedSecondFactor,
            InstantSource real,
            BiConsumer<Handle, String> everywhere) {
        this.database = database;
        this.events = events;
        this.staffNeedSecondFactor = staffNeedSecondFactor;
        this.real = real;
        this.everywhere = everywhere;
    }

    /**
     * Opens a session and ends the one that the browser had.
     *
     * @param with how somebody signed in, for the event log: {@code password}, {@code passkey}
     * @return the secret for the cookie; it is kept nowhere else
     */
    String open(Handle tx, long user, Proof proof, Visitor visitor, String with) {
        visitor.session()
                .ifPresent(old -> tx.execute("DELETE FROM people_session WHERE secret_hash = ?", Secret.hash(old)));
        String secret = Secret.random();
        Instant now = real.instant();
        tx.createUpdate("""
                INSERT INTO people_session (secret_hash, user_id, created_ms, used_ms, proof, device)
                VALUES (:hash, :user, :now, :now, :proof, :device)
                """)
                .bind("hash", Secret.hash(secret))
                .bind("user", user)
                .bind("now", now.toEpochMilli())
                .bind("proof", proof.name())
                .bind("device", visitor.browser())
                .execute();
        String actor = "person:" + user;
        events.append(tx, new Event(now, "people.signed-in", actor, actor, Map.of("with", with)));
        return secret;
    }

    void signOut(String secret, String actor) {
        database.inTransaction(tx -> {
            int ended = tx.execute("DELETE FROM people_session WHERE secret_hash = ?", Secret.hash(secret));
            if (ended > 0) {
                events.append(tx, new Event(real.instant(), "people.signed-out", actor, actor, Map.of()));
            }
            return ended;
        });
    }

    Optional<Caller.Person> person(String secret) {
        Instant now = real.instant();
        String hash = Secret.hash(secret);
        Optional<Row> session = database.inTransaction(tx -> row(tx, hash))
                .filter(s -> now.isBefore(s.created.plus(LIFE)) && now.isBefore(s.used.plus(IDLE)));
        session.filter(s -> now.isAfter(s.used.plus(TOUCH_EVERY)))
                .ifPresent(s -> database.inTransaction(tx -> tx.execute(
                        "UPDATE people_session SET used_ms = ? WHERE secret_hash = ?", now.toEpochMilli(), hash)));
        return session.map(s -> {
            Owner owner = s.joined
                    ? database.inTransaction(tx -> owner(tx, s.account))
                    : new Owner(Long.toString(s.account.id()), s.account.shown());
            return new Caller.Person(owner.id, owner.name, roles(s), s.account.post(), s.proof);
        });
    }

    /** The account behind a call's session; of a person whose entries were joined it need not have the person's id. */
    long user(Call call) {
        return database.inTransaction(
                        tx -> call.cookie(Call.SESSION_COOKIE).flatMap(secret -> row(tx, Secret.hash(secret))))
                .map(row -> row.account.id())
                .orElseGet(() -> Parties.number(call.person().id()));
    }

    /** Those of an account that are not over, the last used first, at most 50. */
    List<Session> list(Handle tx, long user, String currentSecret) {
        Instant now = real.instant();
        return tx.createQuery("""
                SELECT id, device, created_ms, used_ms, secret_hash FROM people_session
                WHERE user_id = :user AND created_ms > :born AND used_ms > :used
                ORDER BY used_ms DESC, id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("user", user)
                .bind("born", now.minus(LIFE).toEpochMilli())
                .bind("used", now.minus(IDLE).toEpochMilli())
                .bind("most", MOST_LISTED)
                .map((row, context) -> new Session(
                        row.getLong("id"),
                        row.getString("device"),
                        Instant.ofEpochMilli(row.getLong("created_ms")),
                        Instant.ofEpochMilli(row.getLong("used_ms")),
                        row.getString("secret_hash").equals(Secret.hash(currentSecret))))
                .list();
    }

    /** Ends one session of an account; others' are not touched. */
    void end(Handle tx, long user, long id, String actor) {
        if (tx.execute("DELETE FROM people_session WHERE id = ? AND user_id = ?", id, user) > 0) {
            events.append(tx, new Event(real.instant(), "people.session-ended", actor, "person:" + user, Map.of()));
        }
    }

    /** Ends all of an account's sessions. */
    void endAll(Handle tx, long user, String actor) {
        tx.execute("DELETE FROM people_session WHERE user_id = ?", user);
        everywhere.accept(tx, Long.toString(Parties.stays(tx, user)));
        events.append(tx, new Event(real.instant(), "people.sessions-ended", actor, "person:" + user, Map.of()));
    }

    void sweep(Handle tx) {
        Instant now = real.instant();
        tx.execute(
                "DELETE FROM people_session WHERE created_ms <= ? OR used_ms <= ?",
                now.minus(LIFE).toEpochMilli(),
                now.minus(IDLE).toEpochMilli());
    }

    /**
     * Staff who have shown a password only have no role yet where the city asks for more; nor has who still has a password
     * that somebody else knows.
     */
    private Set<Role> roles(Row session) {
        boolean tooWeak = staffNeedSecondFactor && session.account.staff() && session.proof == Proof.ONE_FACTOR;
        return tooWeak || session.account.temporary() ? Set.of() : session.account.roles();
    }

    /** Whose account it is, where its entry was joined with another. */
    private static Owner owner(Handle tx, Account account) {
        long stays = Parties.stays(tx, account.id());
        String name = tx.createQuery("SELECT written FROM people_party WHERE id = ?")
                .bind(0, stays)
                .mapTo(String.class)
                .one();
        return new Owner(Long.toString(stays), name);
    }

    private static Optional<Row> row(Handle tx, String hash) {
        return tx.createQuery("SELECT " + Accounts.COLUMNS
                        + ", s.created_ms AS begun_ms, s.used_ms, s.proof, p.merged_into FROM" + Accounts.TABLES
                        + "JOIN people_session s ON s.user_id = u.id WHERE s.secret_hash = :hash")
                .bind("hash", hash)
                .map(Sessions::ofRow)
                .findOne();
    }

    private static Row ofRow(ResultSet row, StatementContext context) throws SQLException {
        return new Row(
                Accounts.ofRow(row, context),
                Instant.ofEpochMilli(row.getLong("begun_ms")),
                Instant.ofEpochMilli(row.getLong("used_ms")),
                Proof.valueOf(row.getString("proof")),
                row.getLong("merged_into") > 0);
    }
}
