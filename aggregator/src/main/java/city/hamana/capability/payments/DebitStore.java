package city.hamana.capability.payments;

import city.hamana.platform.db.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The tables of bank accounts and of the files made for banks. */
final class DebitStore {
    private static final String RUNS = """
            SELECT r.id, r.service, r.debit_day, r.lines, r.yen, r.state, r.at_ms,
                (SELECT COUNT(*) FROM payments_run_line l WHERE l.run = r.id AND l.result = '0'),
                (SELECT COUNT(*) FROM payments_run_line l WHERE l.run = r.id AND l.result <> '' AND l.result <> '0')
            FROM payments_run r
            """;

    private final Dialect dialect;

    DebitStore(Dialect dialect) {
        this.dialect = dialect;
    }

    /** What is to be debited: of one charge. */
    record Due(long charge, long yen, long mandate, boolean first, BankAccount from) {}

    /** A line of a run whose result is known and not booked. */
    record Result(int line, long charge, long yen, String result) {}

    /** Open charges of customers with a bank account that no file has asked for yet. */
    List<Due> due(Handle tx, String service, LocalDate until, int most) {
        return tx.createQuery("""
                SELECT c.id, c.yen - c.paid, d.id, d.is_new, d.bank, d.branch, d.kind, d.bank_account, d.holder
                FROM payments_charge c
                JOIN payments_debit d ON d.service = c.service AND d.account = c.account AND d.state = 'active'
                    AND d.from_day <= :until
                WHERE c.service = :service AND c.state IN ('open', 'partly-paid') AND c.due_day <= :until
                    AND NOT EXISTS (SELECT 1 FROM payments_run_line l WHERE l.charge = c.id)
                ORDER BY c.id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("service", service)
                .bind("until", until.toEpochDay())
                .bind("most", most)
                .map((row, context) -> new Due(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getBoolean(4),
                        MandateStore.bankAccount(row, 5)))
                .list();
    }

    /** Gives the number of the run. */
    long addRun(Handle tx, String service, LocalDate day, List<Due> due, byte[] content, String actor, Instant now) {
        long run = tx.createUpdate("""
                INSERT INTO payments_run (service, debit_day, lines, yen, state, content, actor, at_ms)
                VALUES (:service, :day, :lines, :yen, 'sent', :content, :actor, :now)
                """)
                .bind("service", service)
                .bind("day", day.toEpochDay())
                .bind("lines", due.size())
                .bind("yen", due.stream().mapToLong(Due::yen).sum())
                .bind("content", content)
                .bind("actor", actor)
                .bind("now", now.toEpochMilli())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
        PreparedBatch lines = tx.prepareBatch("""
                INSERT INTO payments_run_line (run, line, charge, yen, debited, result, booked)
                VALUES (?, ?, ?, ?, ?, '', FALSE)
                """);
        PreparedBatch known = tx.prepareBatch("UPDATE payments_debit SET is_new = FALSE WHERE id = ?");
        int line = 1;
        for (Due one : due) {
            lines.add(run, line++, one.charge(), one.yen(), one.from().digits());
            known.add(one.mandate());
        }
        lines.execute();
        known.execute();
        return run;
    }

    Optional<byte[]> content(Handle tx, long run) {
        return tx.createQuery("SELECT content FROM payments_run WHERE id = :run")
                .bind("run", run)
                .mapTo(byte[].class)
                .findOne();
    }

    /** The newest first. */
    List<DebitRun> runs(Handle tx, int most) {
        return tx.createQuery(RUNS + "ORDER BY r.id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", most)
                .map((row, context) -> run(row))
                .list();
    }

    Optional<DebitRun> run(Handle tx, long id) {
        return tx.createQuery(RUNS + "WHERE r.id = :id")
                .bind("id", id)
                .map((row, context) -> run(row))
                .findOne();
    }

    /** Runs whose result is being booked. */
    List<Long> beingBooked(Handle tx) {
        return tx.createQuery("SELECT id FROM payments_run WHERE state = 'read' ORDER BY id")
                .mapTo(Long.class)
                .list();
    }

    /** State of a run, which nobody else changes until the transaction ends. */
    Optional<String> lockedState(Handle tx, long run) {
        return tx.createQuery("SELECT state FROM payments_run WHERE id = :run" + dialect.lockRows())
                .bind("run", run)
                .mapTo(String.class)
                .findOne();
    }

    /** A line's charge, amount and account, by the charge. */
    record Asked(long charge, long yen, String debited) {}

    List<Asked> asked(Handle tx, long run) {
        return tx.createQuery("SELECT charge, yen, debited FROM payments_run_line WHERE run = :run ORDER BY line")
                .bind("run", run)
                .map((row, context) -> new Asked(row.getLong(1), row.getLong(2), row.getString(3)))
                .list();
    }

    void results(Handle tx, long run, List<DebitLine> lines) {
        PreparedBatch results = tx.prepareBatch("UPDATE payments_run_line SET result = ? WHERE run = ? AND charge = ?");
        lines.forEach(line -> results.add(line.result(), run, Long.parseLong(line.customer())));
        results.execute();
        tx.execute("UPDATE payments_run SET state = 'read' WHERE id = ?", run);
    }

    List<Result> unbooked(Handle tx, long run, int most) {
        return tx.createQuery("""
                SELECT line, charge, yen, result FROM payments_run_line WHERE run = :run AND booked = FALSE
                ORDER BY line OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("run", run)
                .bind("most", most)
                .map((row, context) -> new Result(row.getInt(1), row.getLong(2), row.getLong(3), row.getString(4)))
                .list();
    }

    void booked(Handle tx, long run, int line) {
        tx.execute("UPDATE payments_run_line SET booked = TRUE WHERE run = ? AND line = ?", run, line);
    }

    void done(Handle tx, long run) {
        tx.execute("UPDATE payments_run SET state = 'done' WHERE id = ?", run);
    }

    private static DebitRun run(ResultSet row) throws SQLException {
        return new DebitRun(
                row.getLong(1),
                row.getString(2),
                LocalDate.ofEpochDay(row.getLong(3)),
                row.getInt(4),
                row.getLong(5),
                row.getString(6),
                Instant.ofEpochMilli(row.getLong(7)),
                row.getInt(8),
                row.getInt(9));
    }
}
