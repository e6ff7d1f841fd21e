package city.hamana.service.roads;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.State;
import city.hamana.capability.maps.Place;
import city.hamana.platform.access.Secret;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables of reports and their steps. */
final class ReportStore {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, List<String>>> ANSWERS = new TypeReference<>() {};
    private static final String COLUMNS = """
            id, category, longitude, latitude, landmark, detail, answers, language, source, owner, media_url,
            shown_text, shown_photo, support_count, state, department, opened_ms, changed_ms, due_ms, merged_into, reason,
            order_to, order_until, order_work
            """;

    void insert(Handle tx, Report report, String secretHash) {
        tx.createUpdate("""
                INSERT INTO roads_report (id, category, longitude, latitude, landmark, detail, answers, language, source,
                    owner, secret_hash, media_url, shown_text, shown_photo, support_count, state, department, opened_ms,
                    changed_ms, due_ms, merged_into, reason, order_to, order_until, order_work)
                VALUES (:id, :category, :longitude, :latitude, :landmark, :detail, :answers, :language, :source,
                    :owner, :secret, :media, '', '', 0, :state, :department, :opened,
                    :changed, :due, '', '', '', '', '')
                """)
                .bind("id", report.id())
                .bind("category", report.category())
                .bind("longitude", report.place().map(Place::longitude).orElse(null))
                .bind("latitude", report.place().map(Place::latitude).orElse(null))
                .bind("landmark", report.landmark())
                .bind("detail", report.detail())
                .bind("answers", json(report.answers()))
                .bind("language", report.language())
                .bind("source", report.source())
                .bind("owner", report.owner())
                .bind("secret", secretHash)
                .bind("media", report.mediaUrl())
                .bind("state", report.state().code())
                .bind("department", report.department())
                .bind("opened", report.opened().toEpochMilli())
                .bind("changed", report.changed().toEpochMilli())
                .bind("due", report.due().map(Instant::toEpochMilli).orElse(0L))
                .execute();
    }

    Optional<Report> find(Handle tx, String id) {
        return tx.createQuery("SELECT " + COLUMNS + " FROM roads_report WHERE id = :id")
                .bind("id", id)
                .map(ReportStore::read)
                .findOne();
    }

    Optional<Report> ofSecret(Handle tx, String secret) {
        return tx.createQuery("SELECT " + COLUMNS + " FROM roads_report WHERE secret_hash = :hash")
                .bind("hash", Secret.hash(secret))
                .map(ReportStore::read)
                .findOne();
    }

    /** Newest first; those that are overdue the longest first among the overdue. */
    List<Report> list(Handle tx, Filter filter) {
        String words = "%" + filter.words().replaceAll("[!%_]", "!$0") + "%";
        return tx.createQuery("""
                SELECT %s FROM roads_report
                WHERE (:category = '' OR category = :category)
                  AND (:owner = '' OR owner = :owner)
                  AND (:department = '' OR department = :department)
                  AND (id LIKE :words ESCAPE '!' OR landmark LIKE :words ESCAPE '!' OR detail LIKE :words ESCAPE '!')
                  AND changed_ms >= :since AND (due_ms <= :now OR :state <> 'overdue') AND %s
                ORDER BY %s, id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """.formatted(COLUMNS, states(filter.state()), order(filter.state())))
                .bind("category", filter.category())
                .bind("owner", filter.owner())
                .bind("department", filter.department())
                .bind("words", words)
                .bind("since", filter.since().map(Instant::toEpochMilli).orElse(0L))
                .bind("now", filter.now().toEpochMilli())
                .bind("state", filter.state())
                .bind("most", Math.clamp(filter.most(), 1, 1_000))
                .map(ReportStore::read)
                .list();
    }

    /** Open ones in a square around a place; how far they are is the caller's to measure. */
    List<Report> near(Handle tx, Place place, double metres) {
        double up = metres / 111_000;
        double aside = up / Math.max(0.01, Math.cos(Math.toRadians(place.latitude())));
        return tx.createQuery("""
                SELECT %s FROM roads_report
                WHERE state IN ('received', 'in-progress')
                  AND longitude BETWEEN :west AND :east AND latitude BETWEEN :south AND :north
                ORDER BY id OFFSET 0 ROWS FETCH NEXT 200 ROWS ONLY
                """.formatted(COLUMNS))
                .bind("west", place.longitude() - aside)
                .bind("east", place.longitude() + aside)
                .bind("south", place.latitude() - up)
                .bind("north", place.latitude() + up)
                .map(ReportStore::read)
                .list();
    }

    /** Opened within the time, oldest first, for programs. */
    List<Report> opened(
            Handle tx, Instant from, Instant until, String state, List<String> categories, int offset, int most) {
        return tx.createQuery("""
                SELECT %s FROM roads_report
                WHERE opened_ms >= :from AND opened_ms <= :until AND %s AND category IN (<categories>)
                ORDER BY opened_ms DESC, id DESC OFFSET :offset ROWS FETCH NEXT :most ROWS ONLY
                """.formatted(COLUMNS, states(state)))
                .bindList("categories", categories)
                .bind("from", from.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .bind("offset", offset)
                .bind("most", most)
                .map(ReportStore::read)
                .list();
    }

    /** What the case says of it now. */
    void follow(Handle tx, CaseFile file) {
        tx.execute(
                "UPDATE roads_report SET state = ?, department = ?, changed_ms = ?, due_ms = ?, merged_into = ? WHERE id = ?",
                file.state().code(),
                file.department(),
                file.changed().toEpochMilli(),
                file.due().map(Instant::toEpochMilli).orElse(0L),
                file.mergedInto().orElse(""),
                file.id());
    }

    void route(Handle tx, String id, String category, String owner) {
        tx.execute("UPDATE roads_report SET category = ?, owner = ? WHERE id = ?", category, owner, id);
    }

    void place(Handle tx, String id, Place place) {
        tx.execute(
                "UPDATE roads_report SET longitude = ?, latitude = ? WHERE id = ?",
                place.longitude(),
                place.latitude(),
                id);
    }

    void show(Handle tx, String id, String text, String photo) {
        tx.execute("UPDATE roads_report SET shown_text = ?, shown_photo = ? WHERE id = ?", text, photo, id);
    }

    void order(Handle tx, String id, Report.Order order) {
        tx.execute(
                "UPDATE roads_report SET order_to = ?, order_until = ?, order_work = ? WHERE id = ?",
                order.to(),
                order.until(),
                order.work(),
                id);
    }

    void reason(Handle tx, String id, String reason) {
        tx.execute("UPDATE roads_report SET reason = ? WHERE id = ?", reason, id);
    }

    void support(Handle tx, String id, int more) {
        tx.execute("UPDATE roads_report SET support_count = support_count + ? WHERE id = ?", more, id);
    }

    void add(Handle tx, String report, Step step, Optional<String> onceKey) {
        tx.createUpdate("""
                INSERT INTO roads_step (report, at_ms, kind, code, free_text, once_key)
                VALUES (:report, :at, :kind, :code, :text, :once)
                """)
                .bind("report", report)
                .bind("at", step.at().toEpochMilli())
                .bind("kind", step.kind())
                .bind("code", step.code())
                .bind("text", step.text())
                .bind("once", onceKey.orElse(null))
                .execute();
    }

    /** Makes a report of a demonstration older than it is. */
    void age(Handle tx, String id, Duration by) {
        tx.execute("UPDATE roads_report SET opened_ms = opened_ms - ? WHERE id = ?", by.toMillis(), id);
        tx.execute("UPDATE roads_step SET at_ms = at_ms - ? WHERE report = ?", by.toMillis(), id);
    }

    /** The same for its term, which each move of the case sets anew. */
    void ageDue(Handle tx, String id, Duration by) {
        tx.execute("UPDATE roads_report SET due_ms = due_ms - ? WHERE id = ? AND due_ms > 0", by.toMillis(), id);
    }

    boolean done(Handle tx, String onceKey) {
        return tx.createQuery("SELECT COUNT(*) FROM roads_step WHERE once_key = :once")
                        .bind("once", onceKey)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** Oldest first, at most 500. */
    List<Step> steps(Handle tx, String report) {
        return tx.createQuery("""
                SELECT at_ms, kind, code, free_text FROM roads_step WHERE report = :report
                ORDER BY at_ms, id OFFSET 0 ROWS FETCH NEXT 500 ROWS ONLY
                """)
                .bind("report", report)
                .map((row, context) -> new Step(
                        Instant.ofEpochMilli(row.getLong(1)), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    private static String states(String state) {
        return switch (state) {
            case "open" -> "state IN ('received', 'in-progress')";
            case "closed" -> "state IN ('closed', 'merged')";
            case "overdue" -> "state IN ('received', 'in-progress') AND due_ms > 0";
            default -> "state <> 'withdrawn'";
        };
    }

    private static String order(String state) {
        return state.equals("overdue") ? "due_ms" : "opened_ms DESC";
    }

    private static String json(Map<String, List<String>> answers) {
        try {
            return JSON.writeValueAsString(answers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is JSON", e);
        }
    }

    private static Report read(ResultSet row, StatementContext context) throws SQLException {
        double longitude = row.getDouble("longitude");
        boolean nowhere = row.wasNull();
        long due = row.getLong("due_ms");
        return new Report(
                row.getString("id"),
                row.getString("category"),
                nowhere ? Optional.empty() : Optional.of(new Place(longitude, row.getDouble("latitude"))),
                row.getString("landmark"),
                row.getString("detail"),
                answers(row.getString("answers")),
                row.getString("language"),
                row.getString("source"),
                row.getString("owner"),
                row.getString("media_url"),
                row.getString("shown_text"),
                row.getString("shown_photo"),
                row.getInt("support_count"),
                State.ofCode(row.getString("state")).orElseThrow(),
                row.getString("department"),
                Instant.ofEpochMilli(row.getLong("opened_ms")),
                Instant.ofEpochMilli(row.getLong("changed_ms")),
                due == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due)),
                row.getString("merged_into"),
                row.getString("reason"),
                new Report.Order(row.getString("order_to"), row.getString("order_until"), row.getString("order_work")));
    }

    private static Map<String, List<String>> answers(String json) {
        try {
            return JSON.readValue(json, ANSWERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report's answers are as this program wrote them", e);
        }
    }
}
