package city.hamana.sensing.vee;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The table of edits. */
final class Edits {
    private static final String COLUMNS =
            "SELECT id, meter, from_ms, millilitres, reason, state, proposed_by, proposed_ms, decided_by FROM vee_edit ";
    private static final int FEW = 200;

    /** Those that count, of a slice of meters, oldest first. */
    Map<String, List<Edit>> effective(Handle tx, List<String> meters, Instant from, Instant to) {
        List<Edit> all = tx.createQuery(COLUMNS + """
                WHERE state = 'effective' AND from_ms < :to AND to_ms > :from AND meter IN (<meters>)
                ORDER BY id
                """)
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli())
                .bindList("meters", meters)
                .map((row, context) -> edit(row))
                .list();
        return all.stream().collect(Collectors.groupingBy(Edit::meter, HashMap::new, Collectors.toList()));
    }

    /** Of one meter, the newest first. */
    List<Edit> of(Handle tx, String meter) {
        return tx.createQuery(COLUMNS + "WHERE meter = :meter ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :few ROWS ONLY")
                .bind("meter", meter)
                .bind("few", FEW)
                .map((row, context) -> edit(row))
                .list();
    }

    /** Those that wait for a second person, the oldest first. */
    List<Edit> waiting(Handle tx) {
        return tx.createQuery(COLUMNS
                        + "WHERE state = 'proposed' ORDER BY from_ms, id OFFSET 0 ROWS FETCH NEXT :few ROWS ONLY")
                .bind("few", FEW)
                .map((row, context) -> edit(row))
                .list();
    }

    Optional<Edit> one(Handle tx, long id) {
        return tx.createQuery(COLUMNS + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> edit(row))
                .findOne();
    }

    void propose(Handle tx, Edit edit) {
        Instant to = edit.from().plus(Duration.ofHours(edit.millilitres().size()));
        tx.createUpdate("""
                INSERT INTO vee_edit (meter, from_ms, to_ms, millilitres, reason, state, proposed_by, proposed_ms,
                    decided_by, decided_ms)
                VALUES (:meter, :from, :to, :millilitres, :reason, 'proposed', :by, :at, '', 0)
                """)
                .bind("meter", edit.meter())
                .bind("from", edit.from().toEpochMilli())
                .bind("to", to.toEpochMilli())
                .bind(
                        "millilitres",
                        edit.millilitres().stream().map(String::valueOf).collect(Collectors.joining(",")))
                .bind("reason", edit.reason())
                .bind("by", edit.by())
                .bind("at", edit.at().toEpochMilli())
                .execute();
    }

    /** Moves an edit on; false where somebody else was first. */
    boolean decide(Handle tx, Edit edit, Edit.State to, String by, Instant at) {
        return tx.execute(
                        "UPDATE vee_edit SET state = ?, decided_by = ?, decided_ms = ? WHERE id = ? AND state = ?",
                        to.code(),
                        by,
                        at.toEpochMilli(),
                        edit.id(),
                        edit.state().code())
                == 1;
    }

    private static Edit edit(ResultSet row) throws SQLException {
        return new Edit(
                row.getLong(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                Arrays.stream(row.getString(4).split(",")).map(Long::valueOf).toList(),
                row.getString(5),
                Edit.State.ofCode(row.getString(6)),
                row.getString(7),
                Instant.ofEpochMilli(row.getLong(8)),
                row.getString(9));
    }
}
