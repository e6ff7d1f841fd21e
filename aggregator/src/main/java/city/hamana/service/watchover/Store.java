package city.hamana.service.watchover;

import city.hamana.platform.access.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of consents, of days away and of alarms. */
final class Store {
    static final int MOST_WATCHES = 5;
    static final int MOST_WATCHED = 10_000;
    private static final int MOST_ALARMS = 30;
    private static final String WATCHES =
            "SELECT id, party, meter, relative_party, mail, welfare, state, begun_ms FROM watchover_watch ";
    private static final String ALARMS =
            "SELECT id, party, kind, since_ms, stage, moved_ms, answer, note FROM watchover_alarm ";

    /** Invites; the secret is known to nobody but the mail. */
    long invite(Handle tx, String party, String meter, String mail, boolean welfare, String secret, Instant now) {
        return tx.createUpdate("""
                INSERT INTO watchover_watch
                    (party, meter, relative_party, mail, secret_hash, welfare, state, begun_ms, ended_ms)
                VALUES (:party, :meter, '', :mail, :hash, :welfare, 'invited', :now, -1)
                """)
                .bind("party", party)
                .bind("meter", meter)
                .bind("mail", mail)
                .bind("hash", Secret.hash(secret))
                .bind("welfare", welfare)
                .bind("now", now.toEpochMilli())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    Optional<Watch> invited(Handle tx, String secret) {
        return tx.createQuery(WATCHES + "WHERE secret_hash = :hash AND state = 'invited'")
                .bind("hash", Secret.hash(secret))
                .map((row, context) -> watch(row))
                .findOne();
    }

    /** The invitation is taken; false if it was taken or withdrawn meanwhile. */
    boolean agree(Handle tx, Watch watch, String relative) {
        return tx.execute(
                        "UPDATE watchover_watch SET state = 'agreed', relative_party = ?, mail = '', secret_hash = ''"
                                + " WHERE id = ? AND state = 'invited'",
                        relative,
                        watch.id())
                == 1;
    }

    boolean end(Handle tx, Watch watch, Instant now) {
        return tx.execute(
                        "UPDATE watchover_watch SET state = 'ended', mail = '', secret_hash = '', ended_ms = ?"
                                + " WHERE id = ? AND state <> 'ended'",
                        now.toEpochMilli(),
                        watch.id())
                == 1;
    }

    Optional<Watch> one(Handle tx, long id) {
        return tx.createQuery(WATCHES + "WHERE id = :id AND state <> 'ended'")
                .bind("id", id)
                .map((row, context) -> watch(row))
                .findOne();
    }

    /** By whom somebody is watched over, or is to be. */
    List<Watch> of(Handle tx, String party) {
        return tx.createQuery(WATCHES + "WHERE party = :party AND state <> 'ended' ORDER BY id")
                .bind("party", party)
                .map((row, context) -> watch(row))
                .list();
    }

    /** Whom somebody watches over. */
    List<Watch> by(Handle tx, String relative) {
        return tx.createQuery(WATCHES + "WHERE relative_party = :relative AND state = 'agreed' ORDER BY id")
                .bind("relative", relative)
                .map((row, context) -> watch(row))
                .list();
    }

    /** All that were taken, the first 10,000. */
    List<Watch> agreed(Handle tx) {
        return tx.createQuery(WATCHES + "WHERE state = 'agreed' ORDER BY id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("most", MOST_WATCHED)
                .map((row, context) -> watch(row))
                .list();
    }

    void away(Handle tx, String party, Away away) {
        tx.execute("DELETE FROM watchover_away WHERE party = ?", party);
        tx.execute(
                "INSERT INTO watchover_away (party, from_day, to_day) VALUES (?, ?, ?)",
                party,
                away.from().toEpochDay(),
                away.to().toEpochDay());
    }

    void home(Handle tx, String party) {
        tx.execute("DELETE FROM watchover_away WHERE party = ?", party);
    }

    Optional<Away> away(Handle tx, String party) {
        return tx.createQuery("SELECT from_day, to_day FROM watchover_away WHERE party = :party")
                .bind("party", party)
                .map((row, context) ->
                        new Away(LocalDate.ofEpochDay(row.getLong(1)), LocalDate.ofEpochDay(row.getLong(2))))
                .findFirst();
    }

    void begin(Handle tx, String party, String kind, Instant since, Instant now) {
        tx.execute(
                "INSERT INTO watchover_alarm (party, kind, since_ms, stage, moved_ms, answer, note)"
                        + " VALUES (?, ?, ?, 'self', ?, '', '')",
                party,
                kind,
                since.toEpochMilli(),
                now.toEpochMilli());
    }

    /** The alarm that lasts. */
    Optional<Alarm> open(Handle tx, String party) {
        return tx.createQuery(ALARMS + "WHERE party = :party AND stage <> 'ended' ORDER BY id DESC")
                .bind("party", party)
                .map((row, context) -> alarm(row))
                .findFirst();
    }

    List<Alarm> newest(Handle tx, String party) {
        return tx.createQuery(ALARMS + "WHERE party = :party ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("party", party)
                .bind("most", MOST_ALARMS)
                .map((row, context) -> alarm(row))
                .list();
    }

    /** Those that the welfare division is asked to look at, the oldest first. */
    List<Alarm> ofWelfare(Handle tx) {
        return tx.createQuery(ALARMS + "WHERE stage = 'welfare' ORDER BY moved_ms")
                .map((row, context) -> alarm(row))
                .list();
    }

    Optional<Alarm> alarm(Handle tx, long id) {
        return tx.createQuery(ALARMS + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> alarm(row))
                .findOne();
    }

    /** Moves an alarm on; false if somebody else has moved it meanwhile. */
    boolean move(Handle tx, Alarm alarm, Stage to, String answer, String note, Instant now) {
        return tx.execute(
                        "UPDATE watchover_alarm SET stage = ?, moved_ms = ?, answer = ?, note = ? WHERE id = ? AND stage = ?",
                        to.code(),
                        now.toEpochMilli(),
                        answer,
                        note,
                        alarm.id(),
                        alarm.stage().code())
                == 1;
    }

    private static Watch watch(ResultSet row) throws SQLException {
        return new Watch(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getBoolean(6),
                row.getString(7).equals("agreed"),
                Instant.ofEpochMilli(row.getLong(8)));
    }

    private static Alarm alarm(ResultSet row) throws SQLException {
        return new Alarm(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                Stage.ofCode(row.getString(5)).orElseThrow(),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getString(7),
                row.getString(8));
    }
}
