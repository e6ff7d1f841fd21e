package city.hamana.capability.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of who may act for whom. */
final class Mandates {
    static final int MOST = 50;
    private static final int MOST_TOLD_AT_ONCE = 200;
    private static final String SELECT =
            "SELECT id, principal_id, agent_id, kind, from_ms, until_ms, ended_ms, evidence,"
                    + " evidence_note FROM people_mandate ";
    private static final String VALID =
            " m.from_ms <= :now AND (m.until_ms IS NULL OR m.until_ms > :now)" + " AND m.ended_ms IS NULL ";

    private final InstantSource clock;

    Mandates(InstantSource clock) {
        this.clock = clock;
    }

    /** One by somebody's own word, from now on. */
    long add(Handle tx, String principal, String agent, Mandate.Kind kind, Optional<Instant> until) {
        return add(tx, NewMandate.ofOwnWord(principal, agent, kind, clock.instant(), until));
    }

    long add(Handle tx, NewMandate mandate) {
        return tx.createUpdate("""
                INSERT INTO people_mandate (principal_id, agent_id, kind, from_ms, until_ms, evidence, evidence_note,
                                            decided_by)
                VALUES (:principal, :agent, :kind, :from, :until, :evidence, :note, :rule)
                """)
                .bind("principal", Parties.number(mandate.principal()))
                .bind("agent", Parties.number(mandate.agent()))
                .bind("kind", mandate.kind().code())
                .bind("from", mandate.from().toEpochMilli())
                .bindByType("until", mandate.until().map(Instant::toEpochMilli).orElse(null), Long.class)
                .bind("evidence", mandate.evidence())
                .bind("note", mandate.note())
                .bind("rule", mandate.rule())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    boolean valid(Handle tx, String principal, String agent) {
        return tx.createQuery("SELECT COUNT(*) FROM people_mandate m WHERE m.principal_id = :principal"
                                + " AND m.agent_id = :agent AND" + VALID)
                        .bind("principal", Parties.number(principal))
                        .bind("agent", Parties.number(agent))
                        .bind("now", clock.millis())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** For whom the agent may act now, in order of names, at most 50. */
    List<Party> principals(Handle tx, String agent) {
        return tx.createQuery(
                        """
                SELECT DISTINCT p.id, p.kind, p.written, p.kana, p.latin, p.born, p.town_id, p.town, p.address_rest,
                       p.phone, p.mail, p.language
                FROM people_party p JOIN people_mandate m ON m.principal_id = p.id
                WHERE m.agent_id = :agent AND
                """ + VALID + " ORDER BY p.kana, p.written, p.id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("agent", Parties.number(agent))
                .bind("now", clock.millis())
                .bind("most", MOST)
                .map(Parties::ofRow)
                .list();
    }

    /** Those in which the party stands on either side, the newest first, at most 50. */
    List<Mandate> of(Handle tx, String party) {
        return tx.createQuery(SELECT + """
                WHERE principal_id = :party OR agent_id = :party
                ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("party", Parties.number(party))
                .bind("most", MOST)
                .map(Mandates::ofRow)
                .list();
    }

    /** Those of two parties, whoever of them acts for the other, at most 50. */
    List<Mandate> between(Handle tx, String one, String other) {
        return tx.createQuery(SELECT + """
                WHERE (principal_id = :one AND agent_id = :other) OR (principal_id = :other AND agent_id = :one)
                ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("one", Parties.number(one))
                .bind("other", Parties.number(other))
                .bind("most", MOST)
                .map(Mandates::ofRow)
                .list();
    }

    Optional<Mandate> mandate(Handle tx, long id) {
        return tx.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map(Mandates::ofRow)
                .findOne();
    }

    /** True if it had not been ended. */
    boolean end(Handle tx, long id) {
        return tx.execute(
                        "UPDATE people_mandate SET ended_ms = ? WHERE id = ? AND ended_ms IS NULL", clock.millis(), id)
                > 0;
    }

    /** Those that began, or are over, without both sides having been told; the oldest first, at most 200. */
    List<Mandate> untold(Handle tx) {
        return tx.createQuery(SELECT + """
                WHERE (told = 0 AND from_ms <= :now) OR (told < 2 AND (ended_ms IS NOT NULL OR until_ms <= :now))
                ORDER BY id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("now", clock.millis())
                .bind("most", MOST_TOLD_AT_ONCE)
                .map(Mandates::ofRow)
                .list();
    }

    /** @param told 1 that it began, 2 that it is over */
    void told(Handle tx, long id, int told) {
        tx.execute("UPDATE people_mandate SET told = ? WHERE id = ?", told, id);
    }

    private static Mandate ofRow(ResultSet row, StatementContext context) throws SQLException {
        return new Mandate(
                row.getLong("id"),
                Long.toString(row.getLong("principal_id")),
                Long.toString(row.getLong("agent_id")),
                Mandate.Kind.ofCode(row.getString("kind")),
                Instant.ofEpochMilli(row.getLong("from_ms")),
                moment(row, "until_ms"),
                moment(row, "ended_ms"),
                row.getString("evidence"),
                row.getString("evidence_note"));
    }

    static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
