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
            SELECT id, kind, title, state, version, department, assignee, assignee_name, proposer, decider_rank,
              applicant, filed_by, data, opened_ms, changed_ms, term_days, due_ms, stopped_ms, merged_into
            FROM cases_case
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
                          proposer, decider_rank, applicant, filed_by, data, opened_ms, changed_ms, term_days, due_ms,
                          stopped_ms, merged_into)
                        VALUES (:id, :kind, :title, :state, :version, :department, :assignee, :assigneeName, :proposer,
                          :rank, :applicant, :filedBy, :data, :opened, :changed, :term, :due, :stopped, :mergedInto)
                        """), file)
                .bind("id", file.id())
                .bind("kind", file.kind())
                .bind("title", file.title())
                .bind("applicant", file.applicant().orElse(""))
                .bind("filedBy", file.filedBy())
                .bind("opened", file.opened().toEpochMilli())
                .bind("term", file.termDays())
                .execute();
        seenBy(tx, file);
    }

    /** Writes a case that was read as the version before; false when somebody else was first. */
    boolean update(Handle tx, CaseFile file) {
        int changed = bound(tx.createUpdate("""
                        UPDATE cases_case SET state = :state, version = :version, department = :department,
                          assignee = :assignee, assignee_name = :assigneeName, proposer = :proposer,
                          decider_rank = :rank, data = :data, changed_ms = :changed, due_ms = :due,
                          stopped_ms = :stopped, merged_into = :mergedInto
                        WHERE id = :id AND version = :read
                        """), file)
                .bind("id", file.id())
                .bind("read", file.version() - 1)
                .execute();
        if (changed == 1) {
            seenBy(tx, file);
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
        return tx.createQuery(COLUMNS + "WHERE id = :id" + dialect.lockRows())
                .bind("id", id)
                .map((row, context) -> file(row))
                .findOne();
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

    private void seenBy(Handle tx, CaseFile file) {
        if (!seenBy(tx, file.id(), file.department())) {
            tx.execute("INSERT INTO cases_seen_by (case_id, department) VALUES (?, ?)", file.id(), file.department());
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
                .bind("rank", file.deciderRank().code())
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
                Rank.ofCode(row.getString("decider_rank")).orElseThrow(),
                filled(row.getString("applicant")),
                row.getString("filed_by"),
                row.getString("data"),
                Instant.ofEpochMilli(row.getLong("opened_ms")),
                Instant.ofEpochMilli(row.getLong("changed_ms")),
                row.getInt("term_days"),
                Optional.of(row.getLong("due_ms")).filter(ms -> ms != NEVER).map(Instant::ofEpochMilli),
                Optional.of(row.getLong("stopped_ms")).filter(ms -> ms != 0).map(Instant::ofEpochMilli),
                filled(row.getString("merged_into")));
    }

    private static Optional<String> filled(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }
}
