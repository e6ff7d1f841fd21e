package city.hamana.capability.notices;

import city.hamana.platform.text.Language;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Messages, their deliveries, and how people want to be told. */
final class Outbox {
    /** Columns in the order in which {@link #message(ResultSet, StatementContext)} reads them. */
    static final String MESSAGE =
            "id, code, party, address, department, language, subject, body, link, urgency, letter_from, stop,"
                    + " at_ms, read_ms";

    private static final String DELIVERY = "id, message_id, channel, state, delivery_key, tries, reason, at_ms";
    private static final int MINUTES = 60;

    private Outbox() {}

    /** Keeps a new message; empty when its {@code once} is there already. */
    static Optional<Message> add(Handle tx, String once, Message m) {
        boolean there = tx.createQuery("SELECT COUNT(*) FROM notices_message WHERE once = ?")
                        .bind(0, once)
                        .mapTo(Integer.class)
                        .one()
                > 0;
        if (there) {
            return Optional.empty();
        }
        long id = tx.createUpdate("""
                INSERT INTO notices_message (once, code, party, address, department, language, subject, body, link,
                    urgency, letter_from, stop, at_ms, read_ms)
                VALUES (:once, :code, :party, :address, :department, :language, :subject, :body, :link,
                    :urgency, :letterFrom, :stop, :at, 0)
                """)
                .bind("once", once)
                .bind("code", m.code())
                .bind("party", m.party())
                .bind("address", m.address())
                .bind("department", m.department())
                .bind("language", m.language().code())
                .bind("subject", m.subject())
                .bind("body", m.text())
                .bind("link", m.link())
                .bind("urgency", m.urgency().name())
                .bind("letterFrom", m.letterFrom())
                .bind("stop", m.stop())
                .bind("at", m.at().toEpochMilli())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
        return message(tx, id);
    }

    static Optional<Message> message(Handle tx, long id) {
        return tx.createQuery("SELECT " + MESSAGE + " FROM notices_message WHERE id = ?")
                .bind(0, id)
                .map(Outbox::message)
                .findOne();
    }

    static Optional<Message> byCode(Handle tx, String code) {
        return tx.createQuery("SELECT " + MESSAGE + " FROM notices_message WHERE code = ?")
                .bind(0, code)
                .map(Outbox::message)
                .findOne();
    }

    /** A party's or a division's messages, unread ones first, then the newest. */
    static List<Message> inbox(Handle tx, String column, String owner, int from, int most) {
        return tx.createQuery("SELECT " + MESSAGE + " FROM notices_message WHERE " + column + """
                 = :owner ORDER BY CASE WHEN read_ms = 0 THEN 0 ELSE 1 END, at_ms DESC, id DESC
                OFFSET :from ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("owner", owner)
                .bind("from", from)
                .bind("most", most)
                .map(Outbox::message)
                .list();
    }

    static int unread(Handle tx, String column, String owner) {
        return tx.createQuery("SELECT COUNT(*) FROM notices_message WHERE " + column + " = ? AND read_ms = 0")
                .bind(0, owner)
                .mapTo(Integer.class)
                .one();
    }

    static Map<Channel, Long> sent(Handle tx, Instant since) {
        Map<Channel, Long> sent = new EnumMap<>(Channel.class);
        tx.createQuery("SELECT channel, COUNT(*) FROM notices_delivery WHERE state = 'SENT' AND at_ms >= ?"
                        + " GROUP BY channel")
                .bind(0, since.toEpochMilli())
                .map((row, context) -> sent.put(Channel.valueOf(row.getString(1)), row.getLong(2)))
                .list();
        return sent;
    }

    /** How many announcements a party got since a moment. */
    static int announced(Handle tx, String party, Instant since) {
        return tx.createQuery("SELECT COUNT(*) FROM notices_message WHERE party = ? AND at_ms >= ? AND stop <> ''")
                .bind(0, party)
                .bind(1, since.toEpochMilli())
                .mapTo(Integer.class)
                .one();
    }

    /** @param once how the names of the messages begin, without signs that LIKE takes for others */
    static Tally tally(Handle tx, String once) {
        long messages = count(tx, "", once);
        long read = count(tx, "AND read_ms > 0", once);
        return new Tally(
                messages, read, count(tx, way("SENT"), once), count(tx, way("WAITING"), once), count(tx, FAILED, once));
    }

    private static final String FAILED =
            way("FAILED") + " AND NOT EXISTS (SELECT 1 FROM notices_delivery o WHERE o.message_id = m.id"
                    + " AND o.state IN ('SENT', 'WAITING'))";

    private static String way(String state) {
        return "AND EXISTS (SELECT 1 FROM notices_delivery d WHERE d.message_id = m.id AND d.state = '" + state + "')";
    }

    private static long count(Handle tx, String condition, String once) {
        return tx.createQuery("SELECT COUNT(*) FROM notices_message m WHERE once LIKE ? " + condition)
                .bind(0, once + "%")
                .mapTo(Long.class)
                .one();
    }

    /** It was opened; a letter that nobody has posted yet is not needed any more. */
    static boolean read(Handle tx, long id, Instant now) {
        tx.execute(
                "UPDATE notices_delivery SET state = 'SPARED', reason = 'read before', at_ms = ?"
                        + " WHERE message_id = ? AND channel = 'LETTER' AND state = 'WAITING'",
                now.toEpochMilli(),
                id);
        return tx.execute("UPDATE notices_message SET read_ms = ? WHERE id = ? AND read_ms = 0", now.toEpochMilli(), id)
                == 1;
    }

    /** Keeps that something was sent, and not what. */
    static void forget(Handle tx, long id) {
        tx.execute("UPDATE notices_message SET subject = '', body = '' WHERE id = ?", id);
    }

    /** Takes out all that was told to a party, and how it wanted to be told. */
    static void erase(Handle tx, String party) {
        tx.execute(
                "DELETE FROM notices_delivery WHERE message_id IN (SELECT id FROM notices_message WHERE party = ?)",
                party);
        tx.execute("DELETE FROM notices_message WHERE party = ?", party);
        tx.execute("DELETE FROM notices_preference WHERE party = ?", party);
        tx.execute("DELETE FROM notices_code WHERE party = ?", party);
    }

    static long plan(Handle tx, long message, Channel channel, String key, Instant now) {
        return tx.createUpdate("""
                INSERT INTO notices_delivery (message_id, channel, state, delivery_key, tries, reason, at_ms)
                VALUES (:message, :channel, 'WAITING', :key, 0, '', :at)
                """)
                .bind("message", message)
                .bind("channel", channel.name())
                .bind("key", key)
                .bind("at", now.toEpochMilli())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    static Optional<Delivery> delivery(Handle tx, long id) {
        return tx.createQuery("SELECT " + DELIVERY + " FROM notices_delivery WHERE id = ?")
                .bind(0, id)
                .map(Outbox::delivery)
                .findOne();
    }

    static List<Delivery> deliveries(Handle tx, long message) {
        return tx.createQuery("SELECT " + DELIVERY + " FROM notices_delivery WHERE message_id = ? ORDER BY id")
                .bind(0, message)
                .map(Outbox::delivery)
                .list();
    }

    static void tried(Handle tx, long delivery, Delivery.State state, String reason, Instant now) {
        tx.execute(
                "UPDATE notices_delivery SET state = ?, reason = ?, tries = tries + 1, at_ms = ? WHERE id = ?",
                state.name(),
                reason.substring(0, Math.min(300, reason.length())),
                now.toEpochMilli(),
                delivery);
    }

    static Optional<Preference> preference(Handle tx, String party) {
        return tx.createQuery("SELECT channels, quiet_from, quiet_to FROM notices_preference WHERE party = ?")
                .bind(0, party)
                .map((row, context) ->
                        new Preference(Channel.list(row.getString(1)), time(row.getInt(2)), time(row.getInt(3))))
                .findOne();
    }

    static void prefer(Handle tx, String party, Preference preference) {
        tx.execute("DELETE FROM notices_preference WHERE party = ?", party);
        tx.execute(
                "INSERT INTO notices_preference (party, channels, quiet_from, quiet_to) VALUES (?, ?, ?, ?)",
                party,
                preference.channels().stream().map(Channel::name).collect(Collectors.joining(",")),
                minutes(preference.quietFrom()),
                minutes(preference.quietTo()));
    }

    private static LocalTime time(int minutes) {
        return LocalTime.of(minutes / MINUTES, minutes % MINUTES);
    }

    private static int minutes(LocalTime time) {
        return time.getHour() * MINUTES + time.getMinute();
    }

    static Message message(ResultSet row, StatementContext context) throws SQLException {
        return new Message(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Language.ofCode(row.getString(6)).orElse(Language.JA),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                Urgency.valueOf(row.getString(10)),
                row.getString(11),
                row.getString(12),
                Instant.ofEpochMilli(row.getLong(13)),
                Optional.of(row.getLong(14)).filter(ms -> ms > 0).map(Instant::ofEpochMilli));
    }

    private static Delivery delivery(ResultSet row, StatementContext context) throws SQLException {
        return new Delivery(
                row.getLong(1),
                row.getLong(2),
                Channel.valueOf(row.getString(3)),
                Delivery.State.valueOf(row.getString(4)),
                row.getString(5),
                row.getInt(6),
                row.getString(7),
                Instant.ofEpochMilli(row.getLong(8)));
    }
}
