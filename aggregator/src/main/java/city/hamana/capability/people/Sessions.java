package city.hamana.capability.people;

import city.hamana.platform.access.Post;
import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Rank;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Signing in and staying so. A session ends 12 hours after it began, or one hour after its last use. Guessing is slowed
 * by address and by name together, so that nobody can lock out somebody else.
 */
final class Sessions {
    static final Duration LIFE = Duration.ofHours(12);
    static final Duration IDLE = Duration.ofHours(1);

    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int MOST_FAILURES_FOR_NAME = 5;
    private static final int MOST_FAILURES_FROM_ADDRESS = 30;
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);
    private static final int LONGEST_NAME = 64;

    /** Matched against when the name is unknown, so that both answers take the same time. */
    private static final String NOBODY = Passwords.hash("nobody");

    private final Database database;
    private final Events events;
    private final InstantSource real;

    private record User(long id, String name, String roles, String password, Optional<Post> post) {}

    private record Session(User user, Instant created, Instant used, Proof proof) {}

    Sessions(Database database, Events events, InstantSource real) {
        this.database = database;
        this.events = events;
        this.real = real;
    }

    /** Tries a password; a session found under {@code oldSecret} ends with the success. */
    SignIn signIn(String name, String password, String address, Optional<String> oldSecret) {
        Instant now = real.instant();
        if (tooMany(name, address, now)) {
            return new SignIn.TooMany();
        }
        Optional<User> user = database.inTransaction(tx -> user(tx, name));
        boolean right = Passwords.matches(password, user.map(User::password).orElse(NOBODY));
        if (user.isEmpty() || !right) {
            database.inTransaction(tx -> tx.execute(
                    "INSERT INTO people_failure (name, address, at_ms) VALUES (?, ?, ?)",
                    cut(name),
                    cut(address),
                    now.toEpochMilli()));
            return new SignIn.Wrong();
        }
        String secret = Secret.random();
        return database.inTransaction(tx -> opened(tx, user.get(), secret, oldSecret, now));
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
        Optional<Session> session = database.inTransaction(tx -> session(tx, hash))
                .filter(s -> now.isBefore(s.created.plus(LIFE)) && now.isBefore(s.used.plus(IDLE)));
        session.filter(s -> now.isAfter(s.used.plus(TOUCH_EVERY)))
                .ifPresent(s -> database.inTransaction(tx -> tx.execute(
                        "UPDATE people_session SET used_ms = ? WHERE secret_hash = ?", now.toEpochMilli(), hash)));
        return session.map(s ->
                new Caller.Person(Long.toString(s.user.id), s.user.name, roles(s.user.roles), s.user.post, s.proof));
    }

    /** Takes out what has ended. */
    void sweep() {
        Instant now = real.instant();
        database.inTransaction(tx -> tx.execute(
                        "DELETE FROM people_session WHERE created_ms <= ? OR used_ms <= ?",
                        now.minus(LIFE).toEpochMilli(),
                        now.minus(IDLE).toEpochMilli())
                + tx.execute(
                        "DELETE FROM people_failure WHERE at_ms < ?",
                        now.minus(WINDOW).toEpochMilli()));
    }

    private SignIn opened(Handle tx, User user, String secret, Optional<String> oldSecret, Instant now) {
        oldSecret.ifPresent(old -> tx.execute("DELETE FROM people_session WHERE secret_hash = ?", Secret.hash(old)));
        tx.execute(
                "INSERT INTO people_session (secret_hash, user_id, created_ms, used_ms) VALUES (?, ?, ?, ?)",
                Secret.hash(secret),
                user.id,
                now.toEpochMilli(),
                now.toEpochMilli());
        String actor = "person:" + user.id;
        events.append(tx, new Event(now, "people.signed-in", actor, actor, Map.of()));
        return new SignIn.Done(secret, roles(user.roles).contains(Role.STAFF));
    }

    private boolean tooMany(String name, String address, Instant now) {
        long since = now.minus(WINDOW).toEpochMilli();
        int forName = database.inTransaction(
                tx -> tx.createQuery("SELECT COUNT(*) FROM people_failure WHERE address = ? AND name = ? AND at_ms > ?")
                        .bind(0, cut(address))
                        .bind(1, cut(name))
                        .bind(2, since)
                        .mapTo(Integer.class)
                        .one());
        int fromAddress = database.inTransaction(
                tx -> tx.createQuery("SELECT COUNT(*) FROM people_failure WHERE address = ? AND at_ms > ?")
                        .bind(0, cut(address))
                        .bind(1, since)
                        .mapTo(Integer.class)
                        .one());
        return forName >= MOST_FAILURES_FOR_NAME || fromAddress >= MOST_FAILURES_FROM_ADDRESS;
    }

    private static Optional<User> user(Handle tx, String name) {
        return tx.createQuery(
                        "SELECT id, name AS shown, roles, password, department, position_rank FROM people_user WHERE name = ?")
                .bind(0, name)
                .map((row, context) -> user(row, row.getString("password")))
                .findOne();
    }

    private static Optional<Session> session(Handle tx, String hash) {
        return tx.createQuery("""
                SELECT u.id, u.roles, u.department, u.position_rank, s.created_ms, s.used_ms, s.proof,
                       COALESCE(p.written, u.shown) AS shown
                FROM people_session s JOIN people_user u ON u.id = s.user_id
                LEFT JOIN people_party p ON p.id = u.id
                WHERE s.secret_hash = ?
                """)
                .bind(0, hash)
                .map((row, context) -> new Session(
                        user(row, ""),
                        Instant.ofEpochMilli(row.getLong("created_ms")),
                        Instant.ofEpochMilli(row.getLong("used_ms")),
                        Proof.valueOf(row.getString("proof"))))
                .findOne();
    }

    private static User user(ResultSet row, String password) throws SQLException {
        String department = row.getString("department");
        Optional<Post> post = Rank.ofCode(row.getString("position_rank")).map(rank -> new Post(department, rank));
        return new User(row.getLong("id"), row.getString("shown"), row.getString("roles"), password, post);
    }

    private static Set<Role> roles(String words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : words.split("\\+")) {
            switch (word) {
                case "resident" -> roles.add(Role.RESIDENT);
                case "staff" -> roles.add(Role.STAFF);
                case "admin" -> roles.add(Role.ADMIN);
                case "auditor" -> roles.add(Role.AUDITOR);
                default -> throw new IllegalStateException("a person with the role " + word);
            }
        }
        return Set.copyOf(roles);
    }

    private static String cut(String text) {
        return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text;
    }
}
