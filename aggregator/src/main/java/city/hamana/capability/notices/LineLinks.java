package city.hamana.capability.notices;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which LINE user a party is. LINE's id of a user means something for this city's account only. */
final class LineLinks {
    private LineLinks() {}

    static Optional<String> user(Handle tx, String party) {
        return tx.createQuery("SELECT line_user FROM notices_line WHERE party = ?")
                .bind(0, party)
                .mapTo(String.class)
                .findOne();
    }

    static void link(Handle tx, String party, String user, Instant now) {
        tx.execute("DELETE FROM notices_line WHERE party = ? OR line_user = ?", party, user);
        tx.execute(
                "INSERT INTO notices_line (party, line_user, since_ms) VALUES (?, ?, ?)",
                party,
                user,
                now.toEpochMilli());
    }

    static void unlink(Handle tx, String party) {
        tx.execute("DELETE FROM notices_line WHERE party = ?", party);
    }

    /** The user blocked the account, or left LINE. */
    static void gone(Handle tx, String user) {
        tx.execute("DELETE FROM notices_line WHERE line_user = ?", user);
    }

    /** Keeps a one-time code; an older one of the party is gone. */
    static void offer(Handle tx, String party, String hash, Instant until) {
        tx.execute("DELETE FROM notices_code WHERE party = ?", party);
        tx.execute(
                "INSERT INTO notices_code (party, code_hash, until_ms) VALUES (?, ?, ?)",
                party,
                hash,
                until.toEpochMilli());
    }

    /** The party whose code this is; the code is used up. */
    static Optional<String> accept(Handle tx, String hash, Instant now) {
        Optional<String> party = tx.createQuery("SELECT party FROM notices_code WHERE code_hash = ? AND until_ms > ?")
                .bind(0, hash)
                .bind(1, now.toEpochMilli())
                .mapTo(String.class)
                .findOne();
        party.ifPresent(p -> tx.execute("DELETE FROM notices_code WHERE party = ?", p));
        return party;
    }
}
