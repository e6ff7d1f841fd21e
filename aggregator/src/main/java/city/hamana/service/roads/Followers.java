package city.hamana.service.roads;

import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import city.hamana.platform.access.Secret;
import city.hamana.platform.text.Language;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Who wants to hear of a report by mail: asked for once, confirmed once, ended by a link in every mail. */
final class Followers {
    private static final int MOST_OF_ONE_REPORT = 500;
    private static final int MOST_UNCONFIRMED = 3;

    private final Notices notices;

    Followers(Notices notices) {
        this.notices = notices;
    }

    /** One of them. */
    record Follower(String token, String report, String mail, Language language, boolean confirmed) {}

    static boolean isMail(String text) {
        return text.length() <= 254 && text.matches("[^@\\s<>\"(),;:]+@[^@\\s<>\"(),;:]+\\.[^@\\s<>\"(),;:.]{2,}");
    }

    /** Writes to the address once, so that its owner may confirm; one that never answered is not asked again and again. */
    void ask(Handle tx, String report, String mail, Language language, Instant now) {
        if (open(tx, mail) >= MOST_UNCONFIRMED
                || of(tx, report).size() >= MOST_OF_ONE_REPORT
                || follows(tx, report, mail)) {
            return;
        }
        String token = Secret.random();
        tx.createUpdate("""
                INSERT INTO roads_follower (token, report, origin, mail, language, confirmed, asked_ms)
                VALUES (:token, :report, :report, :mail, :language, FALSE, :now)
                """)
                .bind("token", token)
                .bind("report", report)
                .bind("mail", mail)
                .bind("language", language.code())
                .bind("now", now.toEpochMilli())
                .execute();
        notices.send(
                tx,
                new Notice(
                        new Recipient.Mail(mail, language),
                        "roads.mail.confirm",
                        List.of(report),
                        "/roads/follow/" + token,
                        Urgency.PROMPT,
                        "roads-confirm-" + Secret.hash(token).substring(0, 20)));
    }

    Optional<Follower> find(Handle tx, String token) {
        return tx.createQuery(
                        "SELECT token, report, mail, language, confirmed FROM roads_follower WHERE token = :token")
                .bind("token", token)
                .map((row, context) -> follower(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getBoolean(5)))
                .findOne();
    }

    void confirm(Handle tx, String token) {
        tx.execute("UPDATE roads_follower SET confirmed = TRUE WHERE token = ?", token);
    }

    void remove(Handle tx, String token) {
        tx.execute("DELETE FROM roads_follower WHERE token = ?", token);
    }

    /** Tells all who confirmed. */
    void tell(Handle tx, String report, String words, List<String> values, String once) {
        for (Follower follower : of(tx, report)) {
            if (follower.confirmed()) {
                notices.send(
                        tx,
                        new Notice(
                                new Recipient.Mail(follower.mail(), follower.language()),
                                words,
                                values,
                                "/roads/follow/" + follower.token(),
                                Urgency.ORDINARY,
                                "roads-" + once + "-"
                                        + Secret.hash(follower.token()).substring(0, 20)));
            }
        }
    }

    /** After a merge they follow the report that goes on. */
    void move(Handle tx, String from, String to) {
        tx.execute("UPDATE roads_follower SET report = ? WHERE report = ?", to, from);
    }

    /** After its undoing, the one they asked for. */
    void moveBack(Handle tx, String origin) {
        tx.execute("UPDATE roads_follower SET report = ? WHERE origin = ?", origin, origin);
    }

    int count(Handle tx, String report) {
        return (int) of(tx, report).stream().filter(Follower::confirmed).count();
    }

    /** Addresses that were never confirmed are forgotten. */
    int sweep(Handle tx, Instant before) {
        return tx.execute("DELETE FROM roads_follower WHERE confirmed = FALSE AND asked_ms < ?", before.toEpochMilli());
    }

    /** Where nothing is left to tell, the addresses are forgotten too. */
    int sweepEnded(Handle tx, Instant before) {
        return tx.execute(
                "DELETE FROM roads_follower WHERE report IN"
                        + " (SELECT id FROM roads_report WHERE state = 'closed' AND changed_ms < ?)",
                before.toEpochMilli());
    }

    private List<Follower> of(Handle tx, String report) {
        return tx.createQuery("""
                SELECT token, report, mail, language, confirmed FROM roads_follower WHERE report = :report
                ORDER BY asked_ms, token OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                """)
                .bind("report", report)
                .bind("most", MOST_OF_ONE_REPORT)
                .map((row, context) -> follower(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getBoolean(5)))
                .list();
    }

    private boolean follows(Handle tx, String report, String mail) {
        return of(tx, report).stream().anyMatch(f -> f.mail().equalsIgnoreCase(mail));
    }

    private static long open(Handle tx, String mail) {
        return tx.createQuery("SELECT COUNT(*) FROM roads_follower WHERE mail = :mail AND confirmed = FALSE")
                .bind("mail", mail)
                .mapTo(Long.class)
                .one();
    }

    private static Follower follower(String token, String report, String mail, String language, boolean confirmed) {
        return new Follower(token, report, mail, Language.ofCode(language).orElse(Language.JA), confirmed);
    }
}
