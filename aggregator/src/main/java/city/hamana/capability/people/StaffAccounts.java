package city.hamana.capability.people;

import city.hamana.platform.access.Post;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The accounts of staff. */
final class StaffAccounts {
    private static final int MOST = 1_000;
    private static final String SELECT =
            "SELECT " + Accounts.COLUMNS + """
            , (SELECT COUNT(*) FROM people_totp t WHERE t.user_id = u.id)
              + (SELECT COUNT(*) FROM people_passkey k WHERE k.user_id = u.id) AS factors,
              (SELECT COUNT(*) FROM people_session s WHERE s.user_id = u.id AND s.used_ms > :since) AS sessions
            FROM""" + Accounts.TABLES + "WHERE u.roles LIKE 'staff%'";

    private final InstantSource real;

    StaffAccounts(InstantSource real) {
        this.real = real;
    }

    /** Those in whose name, shown name or department the text stands, in order of department and name; at most 1,000. */
    List<StaffAccount> list(Handle tx, String text) {
        String part = text.toLowerCase(Locale.ROOT);
        return tx
                .createQuery(SELECT + " ORDER BY u.department, u.name OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY")
                .bind("since", since())
                .bind("most", MOST)
                .map(StaffAccounts::ofRow)
                .stream()
                .filter(a -> (a.name() + " " + a.shown() + " "
                                + a.post().map(Post::department).orElse(""))
                        .toLowerCase(Locale.ROOT)
                        .contains(part))
                .toList();
    }

    Optional<StaffAccount> account(Handle tx, long id) {
        return tx.createQuery(SELECT + " AND u.id = :id")
                .bind("since", since())
                .bind("id", id)
                .map(StaffAccounts::ofRow)
                .findOne();
    }

    boolean taken(Handle tx, String name) {
        return tx.createQuery("SELECT COUNT(*) FROM people_user WHERE name = ?")
                        .bind(0, name)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    long add(Handle tx, String name, String shown, String passwordHash) {
        return tx.createUpdate("""
                INSERT INTO people_user (name, roles, password, password_temporary, shown, created_ms)
                VALUES (:name, 'staff', :password, TRUE, :shown, :now)
                """)
                .bind("name", name)
                .bind("password", passwordHash)
                .bind("shown", shown)
                .bind("now", real.millis())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    void change(Handle tx, long id, String shown, Post post, boolean admin, boolean auditor) {
        tx.execute(
                "UPDATE people_user SET shown = ?, department = ?, position_rank = ?, roles = ? WHERE id = ?",
                shown,
                post.department(),
                post.rank().code(),
                roles(admin, auditor),
                id);
    }

    /** As they stand in the table: {@code staff+admin}. */
    static String roles(boolean admin, boolean auditor) {
        return "staff" + (admin ? "+admin" : "") + (auditor ? "+auditor" : "");
    }

    private long since() {
        return real.instant().minus(Sessions.IDLE).toEpochMilli();
    }

    private static StaffAccount ofRow(ResultSet row, StatementContext context) throws SQLException {
        Account account = Accounts.ofRow(row, context);
        return new StaffAccount(
                account.id(),
                account.name(),
                account.shown(),
                account.roles(),
                account.post(),
                row.getInt("factors") > 0,
                row.getInt("sessions"));
    }
}
