package city.hamana.capability.people;

import city.hamana.platform.access.Post;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** The accounts with which people sign in. */
final class Accounts {
    private final InstantSource real;

    Accounts(InstantSource real) {
        this.real = real;
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
        long id = Parties.number(party);
        tx.execute(
                "INSERT INTO people_user (id, name, roles, password, created_ms) VALUES (?, ?, 'resident', ?, ?)",
                id,
                line.name(),
                Passwords.hash(line.secret()),
                real.millis());
        line.last().forEach(meter -> tx.execute("INSERT INTO people_meter (user_id, meter) VALUES (?, ?)", id, meter));
    }
}
