package city.hamana.capability.people;

import city.hamana.platform.access.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Sign-ins under way. A browser has one at a time: its secret stands in a cookie, its facts here, for minutes.
 */
final class Steps {
    static final String COOKIE = "__Host-step";
    static final Duration LIFE = Duration.ofMinutes(10);

    /** What is under way. */
    enum Kind {
        /** The password was right, the one-time code is still to come. */
        CODE,
        /** A code went out by mail. */
        MAIL,
        /** The mail arrived, nobody is known by it: a name is still to come. */
        REGISTER,
        /** A passkey was asked for, to sign in. */
        PASSKEY,
        /** A passkey was asked for, to be added. */
        NEW_PASSKEY,
        /** The browser was sent to the provider of identities. */
        PROVIDER,
        /** An authenticator app is being set up. */
        NEW_APP
    }

    /**
     * One of them.
     *
     * @param user the account it is about, where one is known
     * @param data what the kind needs
     * @param tries that were made so far
     */
    record Step(String hash, Kind kind, OptionalLong user, String data, int tries) {
        boolean is(Kind other) {
            return kind == other;
        }
    }

    private final InstantSource real;

    Steps(InstantSource real) {
        this.real = real;
    }

    /** Begins one and ends the one that the browser had; gives the secret for the cookie. */
    String begin(Handle tx, Optional<String> oldSecret, Kind kind, OptionalLong user, String data) {
        oldSecret.ifPresent(old -> end(tx, old));
        String secret = Secret.random();
        tx.createUpdate("""
                INSERT INTO people_step (secret_hash, kind, user_id, data, tries, expires_ms)
                VALUES (:hash, :kind, :user, :data, 0, :expires)
                """)
                .bind("hash", Secret.hash(secret))
                .bind("kind", kind.name())
                .bindByType("user", user.isPresent() ? user.getAsLong() : null, Long.class)
                .bind("data", data)
                .bind("expires", real.instant().plus(LIFE).toEpochMilli())
                .execute();
        return secret;
    }

    /** The one with this secret, if it is of this kind and not over. */
    Optional<Step> step(Handle tx, Optional<String> secret, Kind kind) {
        return secret.flatMap(s -> tx.createQuery("""
                SELECT secret_hash, kind, user_id, data, tries FROM people_step
                WHERE secret_hash = :hash AND expires_ms > :now
                """)
                        .bind("hash", Secret.hash(s))
                        .bind("now", real.millis())
                        .map(Steps::ofRow)
                        .findOne())
                .filter(step -> step.is(kind));
    }

    /**
     * The same, with one more try counted; empty when there were {@code most} before. Of tries at the same time each waits
     * for the one before to be counted.
     */
    Optional<Step> attempt(Handle tx, Optional<String> secret, Kind kind, int most) {
        secret.ifPresent(
                s -> tx.execute("UPDATE people_step SET tries = tries + 1 WHERE secret_hash = ?", Secret.hash(s)));
        return step(tx, secret, kind).filter(step -> step.tries <= most);
    }

    void end(Handle tx, String secret) {
        tx.execute("DELETE FROM people_step WHERE secret_hash = ?", Secret.hash(secret));
    }

    /** Ends it; true for the one caller who did. */
    boolean end(Handle tx, Step step) {
        return tx.execute("DELETE FROM people_step WHERE secret_hash = ?", step.hash) > 0;
    }

    void sweep(Handle tx) {
        tx.execute("DELETE FROM people_step WHERE expires_ms <= ?", real.millis());
    }

    private static Step ofRow(ResultSet row, StatementContext context) throws SQLException {
        long id = row.getLong("user_id");
        OptionalLong user = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
        return new Step(
                row.getString("secret_hash"),
                Kind.valueOf(row.getString("kind")),
                user,
                row.getString("data"),
                row.getInt("tries"));
    }
}
