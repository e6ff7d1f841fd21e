package city.hamana.capability.people;

import city.hamana.platform.access.Secret;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
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
import org.jdbi.v3.core.Handle;

/** Tokens of programs: made once, shown once, kept as a hash. */
final class Tokens {
    /** What a token can be good for. */
    static final List<String> SCOPES = List.of("readings", "metrics", "open311");

    private static final Duration LIFE = Duration.ofDays(365);
    private static final int MOST_LISTED = 500;

    private final Database database;
    private final Events events;
    private final InstantSource real;

    Tokens(Database database, Events events, InstantSource real) {
        this.database = database;
        this.events = events;
        this.real = real;
    }

    /** Makes a token good for a year. */
    String create(String name, String scopes, String actor) {
        String secret = Secret.random();
        return database.inTransaction(tx -> {
            add(tx, name, secret, scopes, actor);
            return secret;
        });
    }

    void add(Handle tx, String name, String secret, String scopes, String actor) {
        Instant now = real.instant();
        tx.execute(
                "INSERT INTO people_token (name, secret_hash, scopes, created_ms, expires_ms, revoked)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                name,
                Secret.hash(secret),
                scopes,
                now.toEpochMilli(),
                now.plus(LIFE).toEpochMilli(),
                false);
        events.append(tx, new Event(now, "people.token-made", actor, "token:" + name, Map.of("scopes", scopes)));
    }

    void revoke(long id, String actor) {
        database.inTransaction(tx -> {
            int revoked =
                    tx.execute("UPDATE people_token SET revoked = ? WHERE id = ? AND revoked = ?", true, id, false);
            if (revoked > 0) {
                events.append(tx, new Event(real.instant(), "people.token-revoked", actor, "token:" + id, Map.of()));
            }
            return revoked;
        });
    }

    Optional<Caller.Program> program(String secret) {
        Instant now = real.instant();
        return database.inTransaction(tx -> tx.createQuery("""
                SELECT id, name, scopes, created_ms, expires_ms, revoked FROM people_token WHERE secret_hash = ?
                """)
                        .bind(0, Secret.hash(secret))
                        .map((row, context) -> token(row))
                        .findOne())
                .filter(token -> token.good(now))
                .map(token -> new Caller.Program(
                        Long.toString(token.id()), Set.of(token.scopes().split(","))));
    }

    /** The newest first. */
    List<Token> list() {
        return database.inTransaction(tx -> tx.createQuery("""
                SELECT id, name, scopes, created_ms, expires_ms, revoked FROM people_token
                ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("most", MOST_LISTED)
                .map((row, context) -> token(row))
                .list());
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                row.getBoolean(6));
    }
}
