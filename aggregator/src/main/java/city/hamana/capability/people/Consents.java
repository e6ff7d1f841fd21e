package city.hamana.capability.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The consent ledger: nothing in it is ever changed but the instant of a withdrawal. */
final class Consents {
    private static final int MOST = 200;

    private final InstantSource clock;
    private final List<ConsentPurpose> purposes;

    Consents(InstantSource clock) {
        this.clock = clock;
        this.purposes = Lists.own(
                "consents.csv",
                row -> new ConsentPurpose(row.get("purpose"), row.get("words"), Integer.parseInt(row.get("days"))));
    }

    List<ConsentPurpose> purposes() {
        return purposes;
    }

    Optional<ConsentPurpose> purpose(String code) {
        return purposes.stream().filter(p -> p.code().equals(code)).findFirst();
    }

    boolean valid(Handle tx, String party, String purpose) {
        return tx.createQuery("""
                SELECT COUNT(*) FROM people_consent
                WHERE party_id = :party AND purpose = :purpose AND until_ms > :now AND withdrawn_ms IS NULL
                """)
                        .bind("party", Parties.number(party))
                        .bind("purpose", purpose)
                        .bind("now", clock.millis())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** From now on for as long as the purpose says; one that is running is first withdrawn. */
    void give(Handle tx, String party, ConsentPurpose purpose) {
        withdraw(tx, party, purpose.code());
        Instant now = clock.instant();
        tx.execute(
                "INSERT INTO people_consent (party_id, purpose, given_ms, until_ms) VALUES (?, ?, ?, ?)",
                Parties.number(party),
                purpose.code(),
                now.toEpochMilli(),
                now.plus(Duration.ofDays(purpose.days())).toEpochMilli());
    }

    /** True if there was one to withdraw. */
    boolean withdraw(Handle tx, String party, String purpose) {
        return tx.execute(
                        "UPDATE people_consent SET withdrawn_ms = ? WHERE party_id = ? AND purpose = ?"
                                + " AND withdrawn_ms IS NULL AND until_ms > ?",
                        clock.millis(),
                        Parties.number(party),
                        purpose,
                        clock.millis())
                > 0;
    }

    /** The newest first, at most 200. */
    List<Consent> history(Handle tx, String party) {
        return tx.createQuery("""
                SELECT purpose, given_ms, until_ms, withdrawn_ms FROM people_consent WHERE party_id = :party
                ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("party", Parties.number(party))
                .bind("most", MOST)
                .map(Consents::ofRow)
                .list();
    }

    private static Consent ofRow(ResultSet row, StatementContext context) throws SQLException {
        return new Consent(
                row.getString("purpose"),
                Instant.ofEpochMilli(row.getLong("given_ms")),
                Instant.ofEpochMilli(row.getLong("until_ms")),
                Mandates.moment(row, "withdrawn_ms"));
    }
}
