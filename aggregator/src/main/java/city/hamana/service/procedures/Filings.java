package city.hamana.service.procedures;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Filings, in the database. */
final class Filings {
    void add(Handle tx, Filing filing, Instant now) {
        tx.createUpdate("""
                INSERT INTO procedures_filing (case_id, procedure_code, proof, seen_document, fee_yen, rules, eligible,
                  asked_fields, outcome, reason, amount_yen, document, filed_ms)
                VALUES (:id, :procedure, :proof, :seen, :fee, :rules, :eligible, :asked, '', '', 0, '', :now)
                """)
                .bind("id", filing.caseId())
                .bind("procedure", filing.procedure())
                .bind("proof", filing.proof())
                .bind("seen", filing.seenDocument())
                .bind("fee", filing.feeYen())
                .bind("rules", filing.rules())
                .bind("eligible", filing.eligible())
                .bind("asked", String.join(" ", filing.askedFields()))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    Optional<Filing> find(Handle tx, String caseId) {
        return tx.createQuery("""
                SELECT case_id, procedure_code, proof, seen_document, fee_yen, rules, eligible, asked_fields, outcome,
                  reason, amount_yen, document FROM procedures_filing WHERE case_id = :id
                """)
                .bind("id", caseId)
                .map((row, context) -> filing(row))
                .findOne();
    }

    void asked(Handle tx, String caseId, List<String> fields) {
        tx.execute("UPDATE procedures_filing SET asked_fields = ? WHERE case_id = ?", String.join(" ", fields), caseId);
    }

    void proposed(Handle tx, String caseId, String outcome, String reason, long amountYen, String rules) {
        tx.execute(
                "UPDATE procedures_filing SET outcome = ?, reason = ?, amount_yen = ?, rules = ? WHERE case_id = ?",
                outcome,
                reason,
                amountYen,
                rules,
                caseId);
    }

    void recalculated(Handle tx, String caseId, Sums sums) {
        tx.execute(
                "UPDATE procedures_filing SET fee_yen = ?, rules = ?, eligible = ? WHERE case_id = ?",
                sums.feeYen(),
                sums.rules(),
                sums.eligible(),
                caseId);
    }

    void document(Handle tx, String caseId, String number) {
        tx.execute("UPDATE procedures_filing SET document = ? WHERE case_id = ?", number, caseId);
    }

    /** Yen promised of one procedure since a moment: what was decided or is proposed. */
    long granted(Handle tx, String procedure, Instant since) {
        return tx.createQuery("""
                SELECT COALESCE(SUM(amount_yen), 0) FROM procedures_filing
                WHERE procedure_code = :procedure AND outcome = 'grant' AND filed_ms >= :since
                """)
                .bind("procedure", procedure)
                .bind("since", since.toEpochMilli())
                .mapTo(Long.class)
                .one();
    }

    private static Filing filing(ResultSet row) throws SQLException {
        return new Filing(
                row.getString("case_id"),
                row.getString("procedure_code"),
                row.getString("proof"),
                row.getString("seen_document"),
                row.getLong("fee_yen"),
                row.getString("rules"),
                row.getBoolean("eligible"),
                Arrays.stream(row.getString("asked_fields").split(" "))
                        .filter(field -> !field.isEmpty())
                        .toList(),
                row.getString("outcome"),
                row.getString("reason"),
                row.getLong("amount_yen"),
                row.getString("document"));
    }
}
