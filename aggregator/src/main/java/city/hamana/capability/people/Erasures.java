package city.hamana.capability.people;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Wishes to be forgotten, and what of the people's own tables goes when one is granted: name, address, every way to sign
 * in. The party's number stays, without a name, for what the law has the city keep points at it.
 */
final class Erasures {
    private static final int MOST = 200;
    private static final String NOBODY = "(削除済み)";
    private static final List<String> OF_ACCOUNT =
            List.of("session", "device", "step", "totp", "recovery", "passkey", "mail", "identity", "meter");

    private final InstantSource clock;

    Erasures(InstantSource clock) {
        this.clock = clock;
    }

    boolean asked(Handle tx, String party) {
        return tx.createQuery("SELECT COUNT(*) FROM people_erasure WHERE party_id = ? AND state = 'asked'")
                        .bind(0, Parties.number(party))
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** False where the wish is there already. */
    boolean ask(Handle tx, String party) {
        return !asked(tx, party)
                && tx.execute(
                                "INSERT INTO people_erasure (party_id, asked_ms, state) VALUES (?, ?, 'asked')",
                                Parties.number(party),
                                clock.millis())
                        > 0;
    }

    boolean withdraw(Handle tx, String party) {
        return tx.execute(
                        "UPDATE people_erasure SET state = 'withdrawn', decided_ms = ? WHERE party_id = ?"
                                + " AND state = 'asked'",
                        clock.millis(),
                        Parties.number(party))
                > 0;
    }

    /** Those that wait, the oldest first, at most 200. */
    List<Erasure> waiting(Handle tx) {
        return tx.createQuery("""
                SELECT e.id, e.party_id, p.written, e.asked_ms
                FROM people_erasure e JOIN people_party p ON p.id = e.party_id
                WHERE e.state = 'asked' ORDER BY e.id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("most", MOST)
                .map((row, context) -> new Erasure(
                        row.getLong("id"),
                        Long.toString(row.getLong("party_id")),
                        row.getString("written"),
                        Instant.ofEpochMilli(row.getLong("asked_ms"))))
                .list();
    }

    /** The party whose wish is granted by this; empty where none waits. */
    Optional<String> grant(Handle tx, long id) {
        int granted = tx.execute(
                "UPDATE people_erasure SET state = 'done', decided_ms = ? WHERE id = ? AND state = 'asked'",
                clock.millis(),
                id);
        return granted == 0
                ? Optional.empty()
                : Optional.of(tx.createQuery("SELECT party_id FROM people_erasure WHERE id = ?")
                        .bind(0, id)
                        .mapTo(String.class)
                        .one());
    }

    void forget(Handle tx, String party) {
        long id = Parties.number(party);
        tx.createUpdate("""
                UPDATE people_party SET written = :nobody, kana = '', latin = '', born = '', town_id = '', town = '',
                    address_rest = '', phone = '', mail = '', erased_ms = :now WHERE id = :id
                """)
                .bind("nobody", NOBODY)
                .bind("now", clock.millis())
                .bind("id", id)
                .execute();
        tx.execute("DELETE FROM people_word WHERE party_id = ?", id);
        tx.execute("DELETE FROM people_alike WHERE party_id = ?", id);
        tx.execute("DELETE FROM people_invitation WHERE principal_id = ?", id);
        OF_ACCOUNT.forEach(table -> tx.execute("DELETE FROM people_" + table + " WHERE user_id = ?", id));
        tx.execute("UPDATE people_user SET name = ?, password = '', handle = '' WHERE id = ?", "erased-" + id, id);
        tx.execute("UPDATE people_mandate SET evidence_note = '' WHERE principal_id = ? OR agent_id = ?", id, id);
        tx.execute(
                "UPDATE people_mandate SET ended_ms = ?, told = 2 WHERE (principal_id = ? OR agent_id = ?) AND ended_ms IS NULL",
                clock.millis(),
                id,
                id);
    }
}
