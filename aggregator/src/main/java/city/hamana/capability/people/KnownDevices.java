package city.hamana.capability.people;

import city.hamana.platform.access.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Browsers from which somebody has signed in before ("device cookies" of OWASP). What strangers get wrong under
 * somebody's name is not counted against them, so that guessing locks nobody out of their own telephone.
 */
final class KnownDevices {
    static final String COOKIE = "__Host-device";
    static final Duration LIFE = Duration.ofDays(180);

    private final InstantSource real;

    KnownDevices(InstantSource real) {
        this.real = real;
    }

    boolean knows(Handle tx, Optional<String> secret, long user) {
        return secret.map(s -> tx.createQuery("SELECT COUNT(*) FROM people_device"
                                        + " WHERE secret_hash = :hash AND user_id = :user AND used_ms > :since")
                                .bind("hash", Secret.hash(s))
                                .bind("user", user)
                                .bind("since", real.instant().minus(LIFE).toEpochMilli())
                                .mapTo(Integer.class)
                                .one()
                        > 0)
                .orElse(false);
    }

    /** Knows the browser from now on as one of this account's, too; gives the secret for its cookie. */
    String remember(Handle tx, Optional<String> secret, long user) {
        String kept = secret.filter(Secret::looksRight).orElseGet(Secret::random);
        tx.execute("DELETE FROM people_device WHERE secret_hash = ? AND user_id = ?", Secret.hash(kept), user);
        tx.execute(
                "INSERT INTO people_device (secret_hash, user_id, used_ms) VALUES (?, ?, ?)",
                Secret.hash(kept),
                user,
                real.millis());
        return kept;
    }

    void forget(Handle tx, long user) {
        tx.execute("DELETE FROM people_device WHERE user_id = ?", user);
    }

    void sweep(Handle tx) {
        tx.execute(
                "DELETE FROM people_device WHERE used_ms <= ?",
                real.instant().minus(LIFE).toEpochMilli());
    }
}
