package city.hamana.capability.people;

import city.hamana.platform.access.Post;
import city.hamana.platform.access.Rank;
import city.hamana.platform.access.Role;
import city.hamana.platform.access.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of accounts, and the mail addresses and identities by which they are known. */
final class Accounts {
    static final String COLUMNS = "u.id, u.name, COALESCE(p.written, u.shown) AS shown, u.roles, u.department,"
            + " u.position_rank, u.password, u.password_temporary";
    static final String TABLES = " people_user u LEFT JOIN people_party p ON p.id = u.id ";

    private final InstantSource real;

    Accounts(InstantSource real) {
        this.real = real;
    }

    Optional<Account> named(Handle tx, String name) {
        return tx.createQuery("SELECT " + COLUMNS + " FROM" + TABLES + "WHERE u.name = :name")
                .bind("name", name)
                .map(Accounts::ofRow)
                .findOne();
    }

    Optional<Account> account(Handle tx, long id) {
        return tx.createQuery("SELECT " + COLUMNS + " FROM" + TABLES + "WHERE u.id = :id")
                .bind("id", id)
                .map(Accounts::ofRow)
                .findOne();
    }

    OptionalLong byMail(Handle tx, String mail) {
        return number(tx, "SELECT user_id FROM people_mail WHERE address = ?", mail);
    }

    /** @param subject issuer and subject of the provider, see {@link Provider} */
    OptionalLong byIdentity(Handle tx, String subject) {
        return number(tx, "SELECT user_id FROM people_identity WHERE subject_hash = ?", Secret.hash(subject));
    }

    void link(Handle tx, long user, String issuer, String subject) {
        tx.execute(
                "INSERT INTO people_identity (subject_hash, issuer, user_id, linked_ms) VALUES (?, ?, ?, ?)",
                Secret.hash(subject),
                issuer,
                user,
                real.millis());
    }

    boolean identified(Handle tx, long user) {
        return tx.createQuery("SELECT COUNT(*) FROM people_identity WHERE user_id = ?")
                        .bind(0, user)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    void addMail(Handle tx, long user, String mail) {
        tx.execute("INSERT INTO people_mail (address, user_id) VALUES (?, ?)", mail, user);
    }

    /** The handle by which authenticators know the account; made where it has none. */
    String handle(Handle tx, long user) {
        tx.execute("UPDATE people_user SET handle = ? WHERE id = ? AND handle = ''", Secret.random(), user);
        return tx.createQuery("SELECT handle FROM people_user WHERE id = ?")
                .bind(0, user)
                .mapTo(String.class)
                .one();
    }

    OptionalLong byHandle(Handle tx, String handle) {
        return number(tx, "SELECT id FROM people_user WHERE handle = ? AND handle <> ''", handle);
    }

    long addStaff(Handle tx, InitialUsers.Line line) {
        return tx.createUpdate("""
                INSERT INTO people_user (name, roles, password, department, position_rank, shown, created_ms)
                VALUES (:name, :roles, :password, :department, :rank, :shown, :now)
                """)
                .bind("name", line.name())
                .bind("roles", line.roles())
                .bind("password", Passwords.hash(line.secret()))
                .bind("department", line.post().map(Post::department).orElse(""))
                .bind("rank", line.post().map(post -> post.rank().code()).orElse(""))
                .bind("shown", line.names().written())
                .bind("now", real.millis())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    void addResident(Handle tx, String party, InitialUsers.Line line) {
        addResident(tx, party, line.name(), Passwords.hash(line.secret()));
        line.last()
                .forEach(meter -> tx.execute(
                        "INSERT INTO people_meter (user_id, meter) VALUES (?, ?)", Parties.number(party), meter));
    }

    /** An account without a password, for who comes by mail or a proven identity. */
    void addResident(Handle tx, String party) {
        addResident(tx, party, "r" + party, "");
    }

    private void addResident(Handle tx, String party, String name, String password) {
        tx.execute(
                "INSERT INTO people_user (id, name, roles, password, created_ms) VALUES (?, ?, 'resident', ?, ?)",
                Parties.number(party),
                name,
                password,
                real.millis());
    }

    /** @param temporary whether somebody else than the owner made it */
    void password(Handle tx, long id, String hash, boolean temporary) {
        tx.execute("UPDATE people_user SET password = ?, password_temporary = ? WHERE id = ?", hash, temporary, id);
    }

    /** The address as it is compared; who can read one of two that differ by capitals can read the other. */
    static String mail(String typed) {
        return typed.toLowerCase(Locale.ROOT);
    }

    static Account ofRow(ResultSet row, StatementContext context) throws SQLException {
        String department = row.getString("department");
        Optional<Post> post = Rank.ofCode(row.getString("position_rank")).map(rank -> new Post(department, rank));
        return new Account(
                row.getLong("id"),
                row.getString("name"),
                row.getString("shown"),
                roles(row.getString("roles")),
                post,
                row.getString("password"),
                row.getBoolean("password_temporary"));
    }

    private static OptionalLong number(Handle tx, String sql, String key) {
        return tx.createQuery(sql).bind(0, key).mapTo(Long.class).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private static Set<Role> roles(String words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : words.split("\\+")) {
            switch (word) {
                case "resident" -> roles.add(Role.RESIDENT);
                case "staff" -> roles.add(Role.STAFF);
                case "admin" -> roles.add(Role.ADMIN);
                case "auditor" -> roles.add(Role.AUDITOR);
                default -> throw new IllegalStateException("a person with the role " + word);
            }
        }
        return Set.copyOf(roles);
    }
}
