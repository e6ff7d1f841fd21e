package city.hamana.capability.payments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of the city's counters. */
final class CounterStore {
    private static final String LINES = """
            SELECT id, counter, book_day, at_ms, charge, yen, reversed_by, reversed_reason FROM payments_payment
            """;
    private static final String CLOSES = """
            SELECT book_day, payments, booked, counted, explanation, at_ms, banked_ms FROM payments_counter_close
            """;

    /** Nobody else takes money at this counter, or closes it, until the transaction ends. */
    void lock(Handle tx, String counter) {
        if (tx.execute("UPDATE payments_counter SET turns = turns + 1 WHERE code = ?", counter) == 0) {
            tx.execute("INSERT INTO payments_counter (code, turns) VALUES (?, 1)", counter);
        }
    }

    /** How often money came for a charge, whatever became of it: what a form was made for has changed where this has. */
    int turn(Handle tx, long charge) {
        return tx.createQuery("SELECT COUNT(*) FROM payments_payment WHERE charge = ?")
                .bind(0, charge)
                .mapTo(Integer.class)
                .one();
    }

    void at(Handle tx, String once, String counter) {
        tx.execute("UPDATE payments_payment SET counter = ? WHERE once = ?", counter, once);
    }

    Optional<CounterLine> one(Handle tx, long payment) {
        return tx.createQuery(LINES + "WHERE id = :id AND counter <> ''")
                .bind("id", payment)
                .map((row, context) -> line(row))
                .findOne();
    }

    /** The key under which the payment was booked. */
    String once(Handle tx, long payment) {
        return tx.createQuery("SELECT once FROM payments_payment WHERE id = ?")
                .bind(0, payment)
                .mapTo(String.class)
                .one();
    }

    /** The newest first. */
    List<CounterLine> of(Handle tx, String counter, LocalDate day, int most) {
        return tx.createQuery(LINES + """
                WHERE counter = :counter AND book_day = :day ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("counter", counter)
                .bind("day", day.toEpochDay())
                .bind("most", most)
                .map((row, context) -> line(row))
                .list();
    }

    /** What the receipts of a day say that hold. */
    record Sum(long payments, long yen) {}

    Sum sum(Handle tx, String counter, LocalDate day) {
        return tx.createQuery("""
                SELECT COUNT(*), COALESCE(SUM(yen), 0) FROM payments_payment
                WHERE counter = :counter AND book_day = :day AND reversed_by = ''
                """)
                .bind("counter", counter)
                .bind("day", day.toEpochDay())
                .map((row, context) -> new Sum(row.getLong(1), row.getLong(2)))
                .one();
    }

    /** Days before another on which money was taken and that nobody has closed, the oldest first. */
    List<LocalDate> notClosed(Handle tx, String counter, LocalDate before, int most) {
        return tx.createQuery("""
                SELECT DISTINCT book_day FROM payments_payment
                WHERE counter = :counter AND book_day < :before AND NOT EXISTS (SELECT 1 FROM payments_counter_close c
                    WHERE c.counter = payments_payment.counter AND c.book_day = payments_payment.book_day)
                ORDER BY book_day OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("counter", counter)
                .bind("before", before.toEpochDay())
                .bind("most", most)
                .map((row, context) -> LocalDate.ofEpochDay(row.getLong(1)))
                .list();
    }

    void reverse(Handle tx, long payment, String reason, String actor) {
        tx.execute(
                "UPDATE payments_payment SET reversed_by = ?, reversed_reason = ? WHERE id = ?",
                actor,
                reason,
                payment);
    }

    /** What of a payment went to its charge. */
    long used(Handle tx, long payment) {
        return tx.createQuery("SELECT used FROM payments_payment WHERE id = ?")
                .bind(0, payment)
                .mapTo(Long.class)
                .one();
    }

    Optional<CounterClose> closed(Handle tx, String counter, LocalDate day) {
        return tx.createQuery(CLOSES + "WHERE counter = :counter AND book_day = :day")
                .bind("counter", counter)
                .bind("day", day.toEpochDay())
                .map((row, context) -> close(row))
                .findOne();
    }

    /** The newest first. */
    List<CounterClose> closes(Handle tx, String counter, int most) {
        return tx.createQuery(CLOSES + """
                WHERE counter = :counter ORDER BY book_day DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("counter", counter)
                .bind("most", most)
                .map((row, context) -> close(row))
                .list();
    }

    void close(
            Handle tx,
            String counter,
            LocalDate day,
            Sum sum,
            long counted,
            String explanation,
            String actor,
            Instant now) {
        tx.createUpdate("""
                INSERT INTO payments_counter_close (counter, book_day, payments, booked, counted, explanation, actor,
                    at_ms, banked_ms, banked_by)
                VALUES (:counter, :day, :payments, :booked, :counted, :explanation, :actor, :now, 0, '')
                """)
                .bind("counter", counter)
                .bind("day", day.toEpochDay())
                .bind("payments", sum.payments())
                .bind("booked", sum.yen())
                .bind("counted", counted)
                .bind("explanation", explanation)
                .bind("actor", actor)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** False where it was before, or the day is not closed. */
    boolean banked(Handle tx, String counter, LocalDate day, String actor, Instant now) {
        return tx.execute("""
                        UPDATE payments_counter_close SET banked_ms = ?, banked_by = ?
                        WHERE counter = ? AND book_day = ? AND banked_ms = 0
                        """, now.toEpochMilli(), actor, counter, day.toEpochDay()) > 0;
    }

    private static CounterLine line(ResultSet row) throws SQLException {
        return new CounterLine(
                row.getLong(1),
                row.getString(2),
                LocalDate.ofEpochDay(row.getLong(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getLong(5),
                row.getLong(6),
                !row.getString(7).isEmpty(),
                row.getString(8));
    }

    private static CounterClose close(ResultSet row) throws SQLException {
        long banked = row.getLong(7);
        return new CounterClose(
                LocalDate.ofEpochDay(row.getLong(1)),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)),
                banked == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(banked)));
    }
}
