package city.hamana.capability.people;

import city.hamana.platform.access.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Invitations to act for somebody: a code that the principal hands over, good for a week and once. */
final class Invitations {
    private static final Duration LIFE = Duration.ofDays(7);

    /** An invitation that is still good. */
    record Invitation(String principal, Instant until) {}

    private final InstantSource clock;

    Invitations(InstantSource clock) {
        this.clock = clock;
    }

    /** Gives the code; another that was made before is no longer good. */
    String make(Handle tx, String principal, Instant until) {
        String code = Secret.random();
        tx.execute("DELETE FROM people_invitation WHERE principal_id = ?", Parties.number(principal));
        tx.execute(
                "INSERT INTO people_invitation (code_hash, principal_id, until_ms, expires_ms) VALUES (?, ?, ?, ?)",
                Secret.hash(code),
                Parties.number(principal),
                until.toEpochMilli(),
                clock.instant().plus(LIFE).toEpochMilli());
        return code;
    }

    Optional<Invitation> invitation(Handle tx, String code) {
        return tx.createQuery("SELECT principal_id, until_ms FROM people_invitation"
                        + " WHERE code_hash = :hash AND expires_ms > :now")
                .bind("hash", Secret.hash(code))
                .bind("now", clock.millis())
                .map((row, context) -> new Invitation(
                        Long.toString(row.getLong("principal_id")), Instant.ofEpochMilli(row.getLong("until_ms"))))
                .findOne();
    }

    /** True for the one who used it up. */
    boolean take(Handle tx, String code) {
        return tx.execute("DELETE FROM people_invitation WHERE code_hash = ?", Secret.hash(code)) > 0;
    }
}
