package city.hamana.capability.payments;

import city.hamana.capability.ledger.Ledger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the board counts. */
final class BoardStore {
    private final Ledger ledger;

    BoardStore(Ledger ledger) {
        this.ledger = ledger;
    }

    List<Board.ChannelLine> channels(Handle tx, LocalDate day) {
        Map<String, long[]> sums = new HashMap<>();
        tx.createQuery(
                        "SELECT channel, COUNT(*), SUM(yen) FROM payments_payment WHERE book_day = ? AND reversed_by = '' GROUP BY channel")
                .bind(0, day.toEpochDay())
                .map((row, context) -> Map.entry(row.getString(1), new long[] {row.getLong(2), row.getLong(3)}))
                .forEach(sum -> sums.put(sum.getKey(), sum.getValue()));
        long[] none = {0, 0};
        return Arrays.stream(Channel.values())
                .filter(channel -> channel != Channel.CREDIT)
                .map(channel -> {
                    long[] sum = sums.getOrDefault(channel.code(), none);
                    return new Board.ChannelLine(channel, sum[0], sum[1], ledger.balance(tx, channel.account(), day));
                })
                .toList();
    }

    Board.ServiceLine service(Handle tx, Creditor creditor, LocalDate today) {
        return tx.createQuery("""
                SELECT COUNT(*), COALESCE(SUM(yen - paid), 0),
                    COALESCE(SUM(CASE WHEN due_day < :today THEN 1 ELSE 0 END), 0),
                    COALESCE(SUM(CASE WHEN due_day < :today THEN yen - paid ELSE 0 END), 0)
                FROM payments_charge WHERE service = :service AND state IN ('open', 'partly-paid')
                """)
                .bind("today", today.toEpochDay())
                .bind("service", creditor.service())
                .map((row, context) ->
                        new Board.ServiceLine(creditor, row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .one();
    }

    Optional<Board.Closed> closed(Handle tx, LocalDate day) {
        return tx.createQuery("SELECT yen, payments FROM payments_close WHERE book_day = ?")
                .bind(0, day.toEpochDay())
                .map((row, context) -> new Board.Closed(row.getLong(1), row.getLong(2)))
                .findOne();
    }

    void close(Handle tx, LocalDate day, long yen, long count, String actor, Instant now) {
        tx.execute(
                "INSERT INTO payments_close (book_day, yen, payments, actor, at_ms) VALUES (?, ?, ?, ?, ?)",
                day.toEpochDay(),
                yen,
                count,
                actor,
                now.toEpochMilli());
    }
}
