package city.hamana.capability.people;

import city.hamana.capability.people.Merge.State;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.module.PartyColumn;
import city.hamana.platform.module.ServiceModule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Joins two entries of one person. The one that goes leads to the one that stays, in every module its rows follow, and for
 * thirty days all of it can go back: what followed is written down row by row. Consents, preferences and ways to sign in
 * stay with the entry they were given for; so nobody has agreed to anything by being joined.
 */
final class Merges {
    static final Duration UNDOABLE = Duration.ofDays(30);
    private static final int MOST = 200;
    private static final String SELECT =
            "SELECT id, gone_id, stays_id, state, asker, asked_ms, decider, decided_ms FROM people_merge ";

    private final Parties parties;
    private final Events events;
    private final Teller teller;
    private final InstantSource clock;
    private final Supplier<List<ServiceModule>> modules;

    /** What came of it: nothing is wrong, or the words that say what. */
    record Outcome(String wrong) {
        boolean done() {
            return wrong.isEmpty();
        }
    }

    private record Moved(String table, String column, String key) {}

    Merges(Parties parties, Events events, Teller teller, InstantSource clock, Supplier<List<ServiceModule>> modules) {
        this.parties = parties;
        this.events = events;
        this.teller = teller;
        this.clock = clock;
        this.modules = modules;
    }

    /** Proposes to join two entries, or settles that they are two persons'. */
    Outcome ask(Handle tx, String gone, String stays, State state, String actor) {
        String wrong = wrong(tx, gone, stays);
        if (!wrong.isEmpty() || waiting(tx, gone, stays)) {
            return new Outcome(wrong.isEmpty() ? "people.merge.waits" : wrong);
        }
        Instant now = clock.instant();
        tx.createUpdate("""
                INSERT INTO people_merge (gone_id, stays_id, state, asker, asked_ms, decider, decided_ms)
                VALUES (:gone, :stays, :state, :actor, :now, '', NULL)
                """)
                .bind("gone", Parties.number(gone))
                .bind("stays", Parties.number(stays))
                .bind("state", state.code())
                .bind("actor", actor)
                .bind("now", now.toEpochMilli())
                .execute();
        note(tx, state == State.ASKED ? "people.merge-asked" : "people.kept-apart", actor, gone, stays);
        return new Outcome("");
    }

    /** Those that wait, and those that can be undone; the newest first, at most 200. */
    List<Merge> open(Handle tx) {
        return tx.createQuery(SELECT + """
                WHERE state = 'asked' OR (state = 'done' AND decided_ms > :since)
                ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("since", clock.instant().minus(UNDOABLE).toEpochMilli())
                .bind("most", MOST)
                .map(Merges::ofRow)
                .list();
    }

    Optional<Merge> merge(Handle tx, long id) {
        return tx.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map(Merges::ofRow)
                .findOne();
    }

    /** A second person agrees: from here on the two are one. */
    Outcome agree(Handle tx, Merge merge, String actor) {
        if (merge.asker().equals(actor)) {
            return new Outcome("people.merge.second");
        }
        String wrong = wrong(tx, merge.gone(), merge.stays());
        if (!wrong.isEmpty() || !moves(tx, merge, State.ASKED, State.DONE, actor)) {
            return new Outcome(wrong.isEmpty() ? "people.merge.decided" : wrong);
        }
        tx.execute(
                "UPDATE people_party SET merged_into = ? WHERE id = ?",
                Parties.number(merge.stays()),
                Parties.number(merge.gone()));
        columns().forEach(column -> follow(tx, merge, column));
        teller.tell(tx, new Teller.To.Party(merge.stays()), "people.merged", List.of(merge.gone()), "/me");
        note(tx, "people.merged", actor, merge.gone(), merge.stays());
        return new Outcome("");
    }

    /** A second thought: it is not joined, and not proposed again. */
    Outcome decline(Handle tx, Merge merge, String actor) {
        if (!moves(tx, merge, State.ASKED, State.APART, actor)) {
            return new Outcome("people.merge.decided");
        }
        note(tx, "people.kept-apart", actor, merge.gone(), merge.stays());
        return new Outcome("");
    }

    /** Everything that followed goes back; what came about since then stays where it is. */
    Outcome undo(Handle tx, Merge merge, String actor) {
        boolean late = merge.decided()
                .map(at -> !clock.instant().isBefore(at.plus(UNDOABLE)))
                .orElse(true);
        if (late) {
            return new Outcome("people.merge.late");
        }
        if (Parties.stays(tx, Parties.number(merge.gone())) != Parties.number(merge.stays())
                || parties.erased(tx, merge.stays())) {
            return new Outcome("people.merge.further");
        }
        if (!moves(tx, merge, State.DONE, State.UNDONE, actor)) {
            return new Outcome("people.merge.decided");
        }
        tx.execute("UPDATE people_party SET merged_into = NULL WHERE id = ?", Parties.number(merge.gone()));
        List<Moved> moved = tx.createQuery(
                        "SELECT table_name, column_name, row_key FROM people_moved WHERE merge_id = ?")
                .bind(0, merge.id())
                .map((row, context) -> new Moved(row.getString(1), row.getString(2), row.getString(3)))
                .list();
        List<PartyColumn> columns = columns();
        for (Moved row : moved) {
            columns.stream()
                    .filter(column ->
                            column.table().equals(row.table) && column.column().equals(row.column))
                    .findFirst()
                    .ifPresent(column -> move(tx, column, row.key, merge.stays(), merge.gone()));
        }
        tx.execute("DELETE FROM people_moved WHERE merge_id = ?", merge.id());
        teller.tell(tx, new Teller.To.Party(merge.stays()), "people.parted", List.of(merge.gone()), "/me");
        note(tx, "people.merge-undone", actor, merge.gone(), merge.stays());
        return new Outcome("");
    }

    /** Forgets what followed where that can no longer be undone. */
    void sweep(Handle tx) {
        tx.execute(
                "DELETE FROM people_moved WHERE merge_id IN"
                        + " (SELECT id FROM people_merge WHERE state = 'done' AND decided_ms <= ?)",
                clock.instant().minus(UNDOABLE).toEpochMilli());
    }

    /** Empty where the two may be joined. */
    private String wrong(Handle tx, String gone, String stays) {
        Optional<Party> one = parties.itself(tx, gone);
        Optional<Party> other = parties.itself(tx, stays);
        if (gone.equals(stays) || one.isEmpty() || other.isEmpty()) {
            return "people.merge.not-there";
        }
        return one.get().kind() == other.get().kind() ? "" : "people.merge.kinds";
    }

    private static boolean waiting(Handle tx, String one, String other) {
        return tx.createQuery("""
                SELECT COUNT(*) FROM people_merge WHERE state = 'asked'
                AND (gone_id IN (:one, :other) OR stays_id IN (:one, :other))
                """)
                        .bind("one", Parties.number(one))
                        .bind("other", Parties.number(other))
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private boolean moves(Handle tx, Merge merge, State from, State to, String actor) {
        return tx.execute(
                        "UPDATE people_merge SET state = ?, decider = ?, decided_ms = ? WHERE id = ? AND state = ?",
                        to.code(),
                        actor,
                        clock.millis(),
                        merge.id(),
                        from.code())
                > 0;
    }

    private List<PartyColumn> columns() {
        return modules.get().stream()
                .flatMap(module -> module.partyColumns().stream())
                .toList();
    }

    private static void follow(Handle tx, Merge merge, PartyColumn column) {
        String sql = "SELECT %s FROM %s WHERE %s = ?".formatted(column.key(), column.table(), column.column());
        List<String> keys = tx.createQuery(sql)
                .bind(0, column.value(merge.gone()))
                .map((row, context) -> (row.getObject(1) instanceof Number ? "n" : "t") + row.getString(1))
                .list();
        for (String key : keys) {
            if (move(tx, column, key, merge.gone(), merge.stays())) {
                tx.execute(
                        "INSERT INTO people_moved (merge_id, table_name, column_name, row_key) VALUES (?, ?, ?, ?)",
                        merge.id(),
                        column.table(),
                        column.column(),
                        key);
            }
        }
    }

    /** False where the other has such a row of its own, which then counts. */
    private static boolean move(Handle tx, PartyColumn column, String key, String from, String to) {
        Object row = key.startsWith("n") ? (Object) Long.valueOf(key.substring(1)) : key.substring(1);
        String sql = "UPDATE %1$s SET %2$s = :to WHERE %3$s = :key AND %2$s = :from"
                .formatted(column.table(), column.column(), column.key());
        if (!column.except().isEmpty()) {
            sql += " AND " + column.except() + " <> :to";
        }
        String there = "SELECT COUNT(*) FROM %1$s WHERE %2$s = :to AND %3$s = :key"
                .formatted(column.table(), column.column(), column.key());
        boolean own = tx.createQuery(there)
                        .bind("to", column.value(to))
                        .bind("key", row)
                        .mapTo(Integer.class)
                        .one()
                > 0;
        return !own
                && tx.createUpdate(sql)
                                .bind("to", column.value(to))
                                .bind("from", column.value(from))
                                .bind("key", row)
                                .execute()
                        > 0;
    }

    private void note(Handle tx, String kind, String actor, String gone, String stays) {
        Map<String, String> detail = Map.of("gone", Party.subject(gone));
        events.append(tx, new Event(clock.instant(), kind, actor, Party.subject(stays), detail));
    }

    private static Merge ofRow(ResultSet row, StatementContext context) throws SQLException {
        return new Merge(
                row.getLong("id"),
                Long.toString(row.getLong("gone_id")),
                Long.toString(row.getLong("stays_id")),
                State.ofCode(row.getString("state")),
                row.getString("asker"),
                Instant.ofEpochMilli(row.getLong("asked_ms")),
                row.getString("decider"),
                Mandates.moment(row, "decided_ms"));
    }
}
