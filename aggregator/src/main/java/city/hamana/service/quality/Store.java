package city.hamana.service.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables of places and of daily checks. */
final class Store {
    private static final String POINTS =
            "SELECT id, name, kind, flow_m3h, raised, raised_why, verdict, since_ms FROM quality_point";

    /** In order of their names. */
    List<Point> points(Handle tx) {
        return tx.createQuery(POINTS + " ORDER BY name, id").map(Store::pointOf).list();
    }

    Optional<Point> point(Handle tx, String id) {
        return tx.createQuery(POINTS + " WHERE id = :id")
                .bind("id", id)
                .map(Store::pointOf)
                .findOne();
    }

    void add(Handle tx, Point point) {
        tx.createUpdate("""
                INSERT INTO quality_point (id, name, kind, flow_m3h, raised, raised_why, verdict, since_ms)
                VALUES (:id, :name, :kind, :flow, :raised, :why, :verdict, :since)
                """)
                .bind("id", point.id())
                .bind("name", point.name())
                .bind("kind", point.kind())
                .bind("flow", point.flowM3h())
                .bind("raised", point.raised())
                .bind("why", point.why())
                .bind("verdict", point.verdict().code())
                .bind("since", point.since().toEpochMilli())
                .execute();
    }

    void found(Handle tx, Point point) {
        tx.execute(
                "UPDATE quality_point SET verdict = ?, since_ms = ? WHERE id = ?",
                point.verdict().code(),
                point.since().toEpochMilli(),
                point.id());
    }

    void facts(Handle tx, Point point) {
        tx.execute(
                "UPDATE quality_point SET name = ?, kind = ?, flow_m3h = ?, raised = ?, raised_why = ? WHERE id = ?",
                point.name(),
                point.kind(),
                point.flowM3h(),
                point.raised(),
                point.why(),
                point.id());
    }

    /** Of each day the newest, from a day to before another, in order of days. */
    Map<LocalDate, Check> checks(Handle tx, String point, LocalDate from, LocalDate until) {
        Map<LocalDate, Check> checks = new TreeMap<>();
        tx.createQuery("""
                SELECT point, check_day, correction, colour, turbidity, residual_ug, note, checked_by, at_ms
                FROM quality_check WHERE point = :point AND check_day >= :from AND check_day < :until
                ORDER BY check_day, correction
                """)
                .bind("point", point)
                .bind("from", from.toEpochDay())
                .bind("until", until.toEpochDay())
                .map(Store::check)
                .forEach(check -> checks.put(check.day(), check));
        return checks;
    }

    void add(Handle tx, Check check) {
        tx.createUpdate("""
                INSERT INTO quality_check
                    (point, check_day, correction, colour, turbidity, residual_ug, note, checked_by, at_ms)
                VALUES (:point, :day, :correction, :colour, :turbidity, :residual, :note, :by, :at)
                """)
                .bind("point", check.point())
                .bind("day", check.day().toEpochDay())
                .bind("correction", check.correction())
                .bind("colour", check.colour())
                .bind("turbidity", check.turbidity())
                .bind("residual", check.residualMicrograms())
                .bind("note", check.note())
                .bind("by", check.by())
                .bind("at", check.at().toEpochMilli())
                .execute();
    }

    private static Point pointOf(ResultSet row, StatementContext context) throws SQLException {
        return new Point(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getBoolean(5),
                row.getString(6),
                Verdict.ofCode(row.getString(7)),
                Instant.ofEpochMilli(row.getLong(8)));
    }

    private static Check check(ResultSet row, StatementContext context) throws SQLException {
        return new Check(
                row.getString(1),
                LocalDate.ofEpochDay(row.getLong(2)),
                row.getInt(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getInt(6),
                row.getString(7),
                row.getString(8),
                Instant.ofEpochMilli(row.getLong(9)));
    }
}
