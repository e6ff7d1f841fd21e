package city.hamana.service.water;

import city.hamana.platform.db.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables of bill runs and of what they could not bill. */
final class Runs {
    private static final String COLUMNS =
            "SELECT id, closing_day, contracts, billed, held, done_to, begun_ms, begun_by, ended_ms FROM water_run ";
    private static final String HELD = """
            SELECT h.contract, c.name, r.closing_day, h.reason, h.hours
            FROM water_held h JOIN water_contract c ON c.number = h.contract JOIN water_run r ON r.id = h.run
            """;
    private static final long RUNS = -1;

    private final Dialect dialect;

    Runs(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Empty if the day was closed before. */
    Optional<Run> begin(Handle tx, LocalDate closing, long contracts, Instant now, String by) {
        if (of(tx, closing).isPresent()) {
            return Optional.empty();
        }
        tx.execute(
                "INSERT INTO water_run (closing_day, contracts, billed, held, done_to, begun_ms, begun_by, ended_ms)"
                        + " VALUES (?, ?, 0, 0, '', ?, ?, -1)",
                closing.toEpochDay(),
                contracts,
                now.toEpochMilli(),
                by);
        return of(tx, closing);
    }

    Optional<Run> of(Handle tx, LocalDate closing) {
        return tx.createQuery(COLUMNS + "WHERE closing_day = :day")
                .bind("day", closing.toEpochDay())
                .map(Runs::run)
                .findOne();
    }

    /** The run, which nobody else goes on with until the transaction ends. */
    Run locked(Handle tx, long id) {
        return tx.createQuery(COLUMNS + "WHERE id = :id" + dialect.lockRows())
                .bind("id", id)
                .map(Runs::run)
                .one();
    }

    /** The newest first. */
    List<Run> newest(Handle tx, int most) {
        return tx.createQuery(COLUMNS + "ORDER BY closing_day DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", most)
                .map(Runs::run)
                .list();
    }

    void went(Handle tx, Run run) {
        tx.execute(
                "UPDATE water_run SET billed = ?, held = ?, done_to = ?, ended_ms = ? WHERE id = ?",
                run.billed(),
                run.held(),
                run.doneTo(),
                run.ended().map(Instant::toEpochMilli).orElse(RUNS),
                run.id());
    }

    void hold(Handle tx, String contract, long run, Reckoned.Held held) {
        release(tx, contract);
        tx.execute(
                "INSERT INTO water_held (contract, run, reason, hours) VALUES (?, ?, ?, ?)",
                contract,
                run,
                held.reason().code(),
                held.hours());
    }

    void release(Handle tx, String contract) {
        tx.execute("DELETE FROM water_held WHERE contract = ?", contract);
    }

    Optional<HeldBill> held(Handle tx, String contract) {
        return tx.createQuery(HELD + " WHERE h.contract = :contract")
                .bind("contract", contract)
                .map(Runs::heldBill)
                .findOne();
    }

    /** What is held back, in order of contracts. */
    List<HeldBill> held(Handle tx, int most) {
        return tx.createQuery(HELD + " ORDER BY h.contract OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", most)
                .map(Runs::heldBill)
                .list();
    }

    private static HeldBill heldBill(ResultSet row, StatementContext context) throws SQLException {
        return new HeldBill(
                row.getString(1),
                row.getString(2),
                LocalDate.ofEpochDay(row.getLong(3)),
                row.getString(4),
                row.getLong(5));
    }

    private static Run run(ResultSet row, StatementContext context) throws SQLException {
        long ended = row.getLong(9);
        return new Run(
                row.getLong(1),
                LocalDate.ofEpochDay(row.getLong(2)),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getString(6),
                Instant.ofEpochMilli(row.getLong(7)),
                row.getString(8),
                ended == RUNS ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended)));
    }
}
