package city.hamana.capability.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** In which browsers a party is told, and what these have taken. */
final class Subscriptions {
    /** Enough for a telephone, a tablet and a computer at home and at work, twice; each costs a request per message. */
    static final int MOST = 10;

    /** Longer than any delivery is tried. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private Subscriptions() {}

    /** A browser's, whosever it was before; the party's oldest goes where there are more than ten. */
    static void add(Handle tx, String party, NewSubscription s, String device, Instant now) {
        String mark = s.endpoint().mark();
        tx.execute("DELETE FROM notices_push WHERE mark = ?", mark);
        tx.createUpdate("""
                INSERT INTO notices_push (party, endpoint, mark, browser_key, browser_secret, device, since_ms)
                VALUES (:party, :endpoint, :mark, :key, :secret, :device, :now)
                """)
                .bind("party", party)
                .bind("endpoint", s.endpoint().address().toString())
                .bind("mark", mark)
                .bind("key", s.key())
                .bind("secret", s.secret())
                .bind("device", device)
                .bind("now", now.toEpochMilli())
                .execute();
        devices(tx, party).stream().skip(MOST).forEach(oldest -> end(tx, oldest.id()));
    }

    /** As the browser gave it, looked at: key and secret in base64url. */
    record NewSubscription(Endpoint endpoint, String key, String secret) {}

    /** The newest first. */
    static List<Device> devices(Handle tx, String party) {
        return tx.createQuery(
                        "SELECT id, device, mark, since_ms FROM notices_push WHERE party = ? ORDER BY since_ms DESC, id DESC")
                .bind(0, party)
                .map((row, context) -> new Device(
                        row.getLong(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4))))
                .list();
    }

    static List<Subscription> of(Handle tx, String party) {
        return tx.createQuery("SELECT id, endpoint, browser_key, browser_secret FROM notices_push WHERE party = ?"
                        + " ORDER BY id")
                .bind(0, party)
                .map(Subscriptions::ofRow)
                .list();
    }

    static boolean any(Handle tx, String party) {
        return tx.createQuery("SELECT COUNT(*) FROM notices_push WHERE party = ?")
                        .bind(0, party)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    static void end(Handle tx, long id) {
        tx.execute("DELETE FROM notices_push WHERE id = ?", id);
    }

    /** Whether there was such a one. */
    static boolean end(Handle tx, String party, long id) {
        return tx.execute("DELETE FROM notices_push WHERE id = ? AND party = ?", id, party) == 1;
    }

    static void endAll(Handle tx, String party) {
        tx.execute("DELETE FROM notices_push WHERE party = ?", party);
    }

    /** Whose push service took the delivery before. */
    static Set<Long> taken(Handle tx, String deliveryKey) {
        return tx.createQuery("SELECT push_id FROM notices_pushed WHERE delivery_key = ?")
                .bind(0, deliveryKey)
                .mapTo(Long.class)
                .set();
    }

    /** Keeps it for as long as it can be asked for; the browser may have left meanwhile. */
    static void took(Handle tx, long id, String deliveryKey, Instant now) {
        tx.execute(
                "DELETE FROM notices_pushed WHERE push_id = ? AND at_ms < ?",
                id,
                now.minus(REMEMBERED).toEpochMilli());
        tx.execute("""
                INSERT INTO notices_pushed (push_id, delivery_key, at_ms)
                SELECT id, CAST(? AS VARCHAR(40)), CAST(? AS BIGINT) FROM notices_push WHERE id = ?
                """, deliveryKey, now.toEpochMilli(), id);
    }

    private static Subscription ofRow(ResultSet row, StatementContext context) throws SQLException {
        Base64.Decoder base64 = Base64.getUrlDecoder();
        return new Subscription(
                row.getLong(1),
                Endpoint.of(row.getString(2), true).orElseThrow(),
                PushCipher.key(base64.decode(row.getString(3))).orElseThrow(),
                base64.decode(row.getString(4)));
    }
}
