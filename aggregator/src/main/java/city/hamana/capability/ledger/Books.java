package city.hamana.capability.ledger;

import city.hamana.platform.db.Keys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The two tables. Nothing here changes or takes out a row. */
final class Books {
    static final Keys KEYS = new Keys("ledger_entry");

    /** From so many on, all that is new is read in one go. */
    private static final int MANY = 50;

    private static final String ENTRY = """
            SELECT e.id, e.kind, e.book_day, e.at_ms, e.actor, e.note, e.once, e.reverses, r.id
            FROM ledger_entry e LEFT JOIN ledger_entry r ON r.reverses = e.id
            """;

    /** Writes entries that are not there yet; gives the number of each by its key. */
    Map<String, Long> write(Handle tx, List<NewEntry> entries, Instant at) {
        PreparedBatch rows = tx.prepareBatch("""
                INSERT INTO ledger_entry (once, kind, book_day, at_ms, actor, note) VALUES (?, ?, ?, ?, ?, ?)
                """);
        entries.forEach(
                e -> rows.add(e.once(), e.kind(), e.day().toEpochDay(), at.toEpochMilli(), e.actor(), e.note()));
        long last = entries.size() < MANY ? 0 : KEYS.last(tx);
        rows.execute();
        Map<String, Long> numbers = entries.size() < MANY
                ? KEYS.numbers(tx, entries.stream().map(NewEntry::once).toList())
                : KEYS.since(tx, last);
        post(tx, entries, numbers);
        return numbers;
    }

    /** Writes one that takes another back; gives its number. */
    long writeReversal(Handle tx, NewEntry entry, long reversed, Instant at) {
        tx.execute(
                "INSERT INTO ledger_entry (once, kind, book_day, at_ms, actor, note, reverses) VALUES (?, ?, ?, ?, ?, ?, ?)",
                entry.once(),
                entry.kind(),
                entry.day().toEpochDay(),
                at.toEpochMilli(),
                entry.actor(),
                entry.note(),
                reversed);
        Map<String, Long> numbers = KEYS.numbers(tx, List.of(entry.once()));
        post(tx, List.of(entry), numbers);
        return numbers.get(entry.once());
    }

    private static void post(Handle tx, List<NewEntry> entries, Map<String, Long> numbers) {
        PreparedBatch lines = tx.prepareBatch("""
                INSERT INTO ledger_posting (entry, line, account, sub, book_day, yen) VALUES (?, ?, ?, ?, ?, ?)
                """);
        for (NewEntry entry : entries) {
            int line = 1;
            for (Posting posting : entry.postings()) {
                lines.add(
                        numbers.get(entry.once()),
                        line++,
                        posting.account(),
                        posting.sub(),
                        entry.day().toEpochDay(),
                        posting.yen());
            }
        }
        lines.execute();
    }

    Optional<Entry> entry(Handle tx, long id) {
        return tx.createQuery(ENTRY + "WHERE e.id = :id")
                .bind("id", id)
                .map((row, context) -> entry(row, postings(tx, id)))
                .findOne();
    }

    long balance(Handle tx, String account, String sub) {
        return tx.createQuery(
                        "SELECT COALESCE(SUM(yen), 0) FROM ledger_posting WHERE account = :account AND sub = :sub")
                .bind("account", account)
                .bind("sub", sub)
                .mapTo(Long.class)
                .one();
    }

    long balance(Handle tx, String account, LocalDate until) {
        return tx.createQuery(
                        "SELECT COALESCE(SUM(yen), 0) FROM ledger_posting WHERE account = :account AND book_day <= :day")
                .bind("account", account)
                .bind("day", until.toEpochDay())
                .mapTo(Long.class)
                .one();
    }

    /** Debit and credit of each account that was posted to by the end of this day. */
    Map<String, long[]> sums(Handle tx, LocalDate until) {
        Map<String, long[]> sums = new LinkedHashMap<>();
        tx.createQuery("""
                SELECT account, SUM(CASE WHEN yen > 0 THEN yen ELSE 0 END), SUM(CASE WHEN yen < 0 THEN -yen ELSE 0 END)
                FROM ledger_posting WHERE book_day <= :day GROUP BY account
                """)
                .bind("day", until.toEpochDay())
                .map((row, context) -> Map.entry(row.getString(1), new long[] {row.getLong(2), row.getLong(3)}))
                .forEach(sum -> sums.put(sum.getKey(), sum.getValue()));
        return sums;
    }

    List<Entry> list(Handle tx, EntryQuery query, int most) {
        String ofAccount =
                query.account().isEmpty() ? "" : """
                AND EXISTS (SELECT 1 FROM ledger_posting p WHERE p.entry = e.id AND p.account = :account %s)
                """.formatted(query.sub().isEmpty() ? "" : "AND p.sub = :sub");
        var statement = tx.createQuery(ENTRY + "WHERE e.id < :before AND e.book_day >= :from AND e.book_day <= :until "
                        + ofAccount + "ORDER BY e.id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("before", query.before())
                .bind("from", query.from().toEpochDay())
                .bind("until", query.until().toEpochDay())
                .bind("most", most);
        if (!query.account().isEmpty()) {
            statement.bind("account", query.account());
            if (!query.sub().isEmpty()) {
                statement.bind("sub", query.sub());
            }
        }
        List<Entry> bare =
                statement.map((row, context) -> entry(row, List.of())).list();
        return bare.stream().map(e -> with(e, postings(tx, e.id()))).toList();
    }

    private static Entry with(Entry e, List<Posting> postings) {
        return new Entry(
                e.id(),
                e.kind(),
                e.day(),
                e.at(),
                e.actor(),
                e.note(),
                postings,
                e.once(),
                e.reverses(),
                e.reversedBy());
    }

    private static List<Posting> postings(Handle tx, long entry) {
        List<Posting> postings = new ArrayList<>();
        tx.createQuery("SELECT account, sub, yen FROM ledger_posting WHERE entry = :entry ORDER BY line")
                .bind("entry", entry)
                .map((row, context) -> new Posting(row.getString(1), row.getString(2), row.getLong(3)))
                .forEach(postings::add);
        return postings;
    }

    private static Entry entry(ResultSet row, List<Posting> postings) throws SQLException {
        return new Entry(
                row.getLong(1),
                row.getString(2),
                LocalDate.ofEpochDay(row.getLong(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getString(5),
                row.getString(6),
                postings,
                row.getString(7),
                number(row, 8),
                number(row, 9));
    }

    private static OptionalLong number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
