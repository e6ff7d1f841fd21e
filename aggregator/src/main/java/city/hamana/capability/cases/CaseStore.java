package city.hamana.capability.cases;

import city.hamana.platform.access.Rank;
import city.hamana.platform.db.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** Cases as they stand, in the database. */
final class CaseStore {
    static final long NEVER = Long.MAX_VALUE;

    private static final int MOST = 1_000;
    private static final String COLUMNS = """
            SELECT id, kind, title, state, version, department, assignee, assignee_name, proposer, step_at, step_code,
              step_work, step_department, step_rank, applicant, filed_by, data, opened_ms, changed_ms, term_days, due_ms,
              stopped_ms, merged_into, opened_from
            FROM cases_case LEFT JOIN cases_step ON case_id = id AND at_step = step_at
            """;

    private final Dialect dialect;

    CaseStore(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The next number of the year. Others wait until the transaction ends, so that none is left out. */
    int nextNumber(Handle tx, int year) {
        int there = tx.createUpdate("UPDATE cases_number SET last_number = last_number + 1 WHERE of_year = :year")
                .bind("year", year)
                .execute();
        if (there == 0) {
            // Two first cases of a year meet here; the second is told again.
            tx.execute("INSERT INTO cases_number (of_year, last_number) VALUES (?, 1)", year);
            return 1;
        }
        return tx.createQuery("SELECT last_number FROM cases_number WHERE of_year = :year")
                .bind("year", year)
                .mapTo(Integer.class)
                .one();
    }

    void insert(Handle tx, CaseFile file) {
        bound(tx.createUpdate("""
                        INSERT INTO cases_case (id, kind, title, state, version, department, assignee, assignee_name,
                          proposer, step_at, applicant, filed_by, data, opened_ms, changed_ms, term_days, due_ms,
                          stopped_ms, merged_into, opened_from)
                        VALUES (:id, :kind, :title, :state, :version, :department, :assignee, :assigneeName, :proposer,
                          :step, :applicant, :filedBy, :data, :opened, :changed, :term, :due, :stopped, :mergedInto,
                          :from)
                        """), file)
                .bind("id", file.id())
                .bind("kind", file.kind())
                .bind("title", file.title())
                .bind("applicant", file.applicant().orElse(""))
                .bind("filedBy", file.filedBy())
                .bind("opened", file.opened().toEpochMilli())
                .bind("term", file.termDays())
                .bind("from", file.openedFrom().orElse(""))
                .execute();
        letSee(tx, file.id(), file.department());
    }

    /** Writes a case that was read as the version before; false when somebody else was first. */
    boolean update(Handle tx, CaseFile file) {
        int changed = bound(tx.createUpdate("""
                        UPDATE cases_case SET state = :state, version = :version, department = :department,
                          assignee = :assignee, assignee_name = :assigneeName, proposer = :proposer,
                          step_at = :step, data = :data, changed_ms = :changed, due_ms = :due,
                          stopped_ms = :stopped, merged_into = :mergedInto
                        WHERE id = :id AND version = :read
                        """), file)
                .bind("id", file.id())
                .bind("read", file.version() - 1)
                .execute();
        if (changed == 1) {
            letSee(tx, file.id(), file.department());
        }
        return changed == 1;
    }

    Optional<CaseFile> find(Handle tx, String id) {
        return tx.createQuery(COLUMNS + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> file(row))
                .findOne();
    }

    /** The same, and nobody else changes it until the transaction ends. */
    Optional<CaseFile> locked(Handle tx, String id) {
        return tx.createQuery("SELECT id FROM cases_case WHERE id = :id" + dialect.lockRows())
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .flatMap(there -> find(tx, there));
    }

    /** The cases that staff opened at this one's visit, in the order they were. */
    List<CaseFile> openedFrom(Handle tx, String id) {
        return tx.createQuery(COLUMNS + "WHERE opened_from = :id ORDER BY id")
                .bind("id", id)
                .map((row, context) -> file(row))
                .list();
    }

    void add(Handle tx, String id, List<Step> steps) {
        for (int at = 0; at < steps.size(); at++) {
            tx.createUpdate("""
                            INSERT INTO cases_step (case_id, at_step, step_code, step_work, step_department, step_rank,
                              done_by, done_name, done_ms)
                            VALUES (:id, :at, :code, :work, :department, :rank, '', '', 0)
                            """)
                    .bind("id", id)
                    .bind("at", at)
                    .bind("code", steps.get(at).code())
                    .bind("work", steps.get(at).work().code())
                    .bind("department", steps.get(at).department())
                    .bind("rank", steps.get(at).rank().code())
                    .execute();
        }
    }

    List<Stage> way(Handle tx, String id) {
        return tx.createQuery("""
                        SELECT step_code, step_work, step_department, step_rank, done_by, done_name, done_ms FROM cases_step
                        WHERE case_id = :id ORDER BY at_step
                        """)
                .bind("id", id)
                .map((row, context) -> stage(row))
                .list();
    }

    void finished(Handle tx, String id, int at, CaseFile.Worker by, Instant now) {
        tx.execute(
                "UPDATE cases_step SET done_by = ?, done_name = ?, done_ms = ? WHERE case_id = ? AND at_step = ?",
                by.actor(),
                by.name(),
                now.toEpochMilli(),
                id,
                at);
    }

    /** What came after the draft has to be done again. */
    void unfinished(Handle tx, String id, int from) {
        tx.execute(
                "UPDATE cases_step SET done_by = '', done_name = '', done_ms = 0 WHERE case_id = ? AND at_step >= ?",
                id,
                from);
    }

    /** Who takes a case over takes over what its giver had still to do. */
    void handed(Handle tx, String id, int at, String from, String to) {
        tx.execute(
                "UPDATE cases_step SET step_department = ? WHERE case_id = ? AND at_step >= ? AND step_department = ?",
                to,
                id,
                at,
                from);
    }

    boolean seenBy(Handle tx, String id, String department) {
        return tx.createQuery("SELECT COUNT(*) FROM cases_seen_by WHERE case_id = :id AND department = :department")
                        .bind("id", id)
                        .bind("department", department)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    Set<String> waiting(Handle tx, String kind, List<String> applicants) {
        return tx.createQuery("SELECT DISTINCT applicant FROM cases_case"
                        + " WHERE kind = :kind AND state IN (<open>) AND applicant IN (<applicants>)")
                .bind("kind", kind)
                .bindList(
                        "open",
                        Arrays.stream(State.values())
                                .filter(State::open)
                                .map(State::name)
                                .toList())
                .bindList("applicants", applicants)
                .mapTo(String.class)
                .set();
    }

    List<CaseFile> of(Handle tx, String applicant) {
        return tx.createQuery(COLUMNS + """
                        WHERE applicant = :applicant
                        ORDER BY opened_ms DESC, id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                        """)
                .bind("applicant", applicant)
                .bind("most", MOST)
                .map((row, context) -> file(row))
                .list();
    }

    /** The most urgent first. */
    List<CaseFile> queue(Handle tx, QueueFilter filter, Instant now) {
        StringBuilder where = new StringBuilder("WHERE 1 = 1");
        filter.department().ifPresent(d -> where.append(" AND department = :department"));
        filter.kind().ifPresent(k -> where.append(" AND kind = :kind"));
        filter.state().ifPresent(s -> where.append(" AND state = :state"));
        filter.assignee().ifPresent(a -> where.append(" AND assignee = :assignee"));
        if (filter.openOnly()) {
            where.append(" AND state NOT IN ('CLOSED', 'WITHDRAWN', 'MERGED')");
        }
        if (filter.overdueOnly()) {
            where.append(" AND due_ms <= :now AND stopped_ms = 0 AND state NOT IN ('CLOSED', 'WITHDRAWN', 'MERGED')");
        }
        if (!filter.text().isBlank()) {
            where.append(" AND (LOWER(id) LIKE :text ESCAPE '!' OR LOWER(title) LIKE :text ESCAPE '!')");
        }
        Query query = tx.createQuery(COLUMNS + where + """
                 ORDER BY CASE WHEN stopped_ms = 0 THEN 0 ELSE 1 END, due_ms, id
                OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """);
        filter.department().ifPresent(d -> query.bind("department", d));
        filter.kind().ifPresent(k -> query.bind("kind", k));
        filter.state().ifPresent(s -> query.bind("state", s.name()));
        filter.assignee().ifPresent(a -> query.bind("assignee", a));
        if (filter.overdueOnly()) {
            query.bind("now", now.toEpochMilli());
        }
        if (!filter.text().isBlank()) {
            query.bind("text", "%" + literal(filter.text()) + "%");
        }
        return query.bind("most", Math.clamp(filter.most(), 1, MOST))
                .map((row, context) -> file(row))
                .list();
    }

    private static String literal(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1");
    }

    /** Lets a department read it from now on. */
    void letSee(Handle tx, String id, String department) {
        if (!seenBy(tx, id, department)) {
            tx.execute("INSERT INTO cases_seen_by (case_id, department) VALUES (?, ?)", id, department);
        }
    }

    private static <S extends SqlStatement<S>> S bound(S statement, CaseFile file) {
        return statement
                .bind("state", file.state().name())
                .bind("version", file.version())
                .bind("department", file.department())
                .bind("assignee", file.assignee().map(CaseFile.Worker::actor).orElse(""))
                .bind("assigneeName", file.assignee().map(CaseFile.Worker::name).orElse(""))
                .bind("proposer", file.proposer())
                .bind("step", file.stepAt())
                .bind("data", file.data())
                .bind("changed", file.changed().toEpochMilli())
                .bind("due", file.due().map(Instant::toEpochMilli).orElse(NEVER))
                .bind("stopped", file.stopped().map(Instant::toEpochMilli).orElse(0L))
                .bind("mergedInto", file.mergedInto().orElse(""));
    }

    private static CaseFile file(ResultSet row) throws SQLException {
        String assigneeName = row.getString("assignee_name");
        return new CaseFile(
                row.getString("id"),
                row.getString("kind"),
                row.getString("title"),
                State.valueOf(row.getString("state")),
                row.getInt("version"),
                row.getString("department"),
                filled(row.getString("assignee")).map(actor -> new CaseFile.Worker(actor, assigneeName)),
                row.getString("proposer"),
                row.getInt("step_at"),
                row.getString("step_code") == null ? Optional.empty() : Optional.of(step(row)),
                filled(row.getString("applicant")),
                row.getString("filed_by"),
                row.getString("data"),
                Instant.ofEpochMilli(row.getLong("opened_ms")),
                Instant.ofEpochMilli(row.getLong("changed_ms")),
                row.getInt("term_days"),
                Optional.of(row.getLong("due_ms")).filter(ms -> ms != NEVER).map(Instant::ofEpochMilli),
                Optional.of(row.getLong("stopped_ms")).filter(ms -> ms != 0).map(Instant::ofEpochMilli),
                filled(row.getString("merged_into")),
                filled(row.getString("opened_from")));
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                row.getString("step_code"),
                Step.Work.ofCode(row.getString("step_work")).orElseThrow(),
                row.getString("step_department"),
                Rank.ofCode(row.getString("step_rank")).orElseThrow());
    }

    private static Stage stage(ResultSet row) throws SQLException {
        String name = row.getString("done_name");
        return new Stage(
                step(row),
                filled(row.getString("done_by")).map(actor -> new CaseFile.Worker(actor, name)),
                Optional.of(row.getLong("done_ms")).filter(ms -> ms != 0).map(Instant::ofEpochMilli));
    }

    private static Optional<String> filled(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }
}
