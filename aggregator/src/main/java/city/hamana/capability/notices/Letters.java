package city.hamana.capability.notices;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The deliveries that people carry. */
final class Letters {
    private Letters() {}

    /** A division's, those that wait the oldest first, the others the last changed first. */
    static List<Letter> list(Handle tx, String department, Letter.State state, int most) {
        String order = state == Letter.State.WAITING ? "d.id" : "d.at_ms DESC, d.id DESC";
        String columns = Outbox.MESSAGE.replaceAll("\\w+", "m.$0");
        return tx.createQuery("""
                SELECT %s, d.id, d.at_ms FROM notices_delivery d JOIN notices_message m ON m.id = d.message_id
                WHERE m.letter_from = :department AND d.channel = 'LETTER' AND d.state = :state
                ORDER BY %s OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """.formatted(columns, order))
                .bind("department", department)
                .bind("state", state.delivery().name())
                .bind("most", most)
                .map((row, context) -> new Letter(
                        row.getLong(15), Outbox.message(row, context), state, Instant.ofEpochMilli(row.getLong(16))))
                .list();
    }

    static long count(Handle tx, String department, Letter.State state) {
        return tx.createQuery("""
                SELECT COUNT(*) FROM notices_delivery d JOIN notices_message m ON m.id = d.message_id
                WHERE m.letter_from = :department AND d.channel = 'LETTER' AND d.state = :state
                """)
                .bind("department", department)
                .bind("state", state.delivery().name())
                .mapTo(Long.class)
                .one();
    }

    /** The letter as it is then; empty when it is another division's, or not where the act begins. */
    static Optional<Letter> move(Handle tx, String department, long id, Letter.Act act, Instant now) {
        int moved = tx.createUpdate("""
                UPDATE notices_delivery SET state = :to, reason = :reason, at_ms = :now
                WHERE id = :id AND channel = 'LETTER' AND state = :from
                    AND message_id IN (SELECT id FROM notices_message WHERE letter_from = :department)
                """)
                .bind("to", act.to().delivery().name())
                .bind("reason", act == Letter.Act.RETURN ? "came back" : "")
                .bind("now", now.toEpochMilli())
                .bind("id", id)
                .bind("from", act.from().delivery().name())
                .bind("department", department)
                .execute();
        return moved == 1 ? Optional.of(letter(tx, id, act.to())) : Optional.empty();
    }

    private static Letter letter(Handle tx, long id, Letter.State state) {
        Delivery delivery = Outbox.delivery(tx, id).orElseThrow();
        return new Letter(id, Outbox.message(tx, delivery.message()).orElseThrow(), state, delivery.at());
    }
}
