package city.hamana.capability.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static Database database;

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-07-03T05:20:00Z");

    private Sessions sessions;
    private People people;

    @BeforeAll
    static void open() {
        database = Database.open("jdbc:derby:memory:people;create=true");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void addPeople() throws IOException {
        Events events = new Events(database);
        people = TestPeople.of(database, events, () -> now, TestPeople.settings(SignInSettings.SecondFactor.REQUIRED));
        sessions = new Sessions(database, events, false, () -> now, (tx, person) -> {});
        database.migrate(List.of(Events.SCHEMA, people.schema()));
        people.addInitial(
                file("rw-------", "hanako:resident:blue water:els-1,els-2\nmeter:api:" + TOKEN + ":readings"));
    }

    @AfterEach
    void forget() {
        database.inTransaction(tx -> {
            for (String table : List.of("session", "meter", "token", "user", "word", "party")) {
                tx.execute("DELETE FROM people_" + table);
            }
            return 0;
        });
    }

    @Test
    void aPersonSignsInAndOutAndOwnsMeters() {
        String secret = signedIn();
        Caller.Person person = people.person(secret).orElseThrow();
        assertEquals("hanako", person.name());
        assertEquals(Set.of(Role.RESIDENT), person.roles());
        assertEquals(List.of("els-1", "els-2"), people.meters(person));
        sessions.signOut(secret, person.id());
        assertTrue(people.person(secret).isEmpty());
    }

    @Test
    void aSessionEndsWhenItIsNotUsedAndWhenItIsOld() {
        String secret = signedIn();
        for (int i = 0; i < 20; i++) {
            now = now.plus(Duration.ofMinutes(36));
            assertEquals(i < 19, people.person(secret).isPresent(), "after " + (i + 1) + " × 36 minutes");
        }
        String other = signedIn();
        now = now.plus(Sessions.IDLE);
        assertTrue(people.person(other).isEmpty());
        database.inTransaction(tx -> {
            sessions.sweep(tx);
            return 0;
        });
        assertEquals(0, count("people_session"));
    }

    @Test
    void secretsAreNotInTheTables() {
        String secret = signedIn();
        String rows = database.inTransaction(tx -> tx.createQuery(
                        "SELECT secret_hash FROM people_session UNION ALL SELECT secret_hash FROM people_token"
                                + " UNION ALL SELECT password FROM people_user")
                .mapTo(String.class)
                .list()
                .toString());
        assertFalse(rows.contains(secret) || rows.contains(TOKEN) || rows.contains("blue water"));
        assertTrue(rows.contains("$argon2id$v=19$m=19456,t=2,p=1$"));
    }

    @Test
    void aTokenHasScopesAndEnds() {
        assertEquals(Set.of("readings"), people.program(TOKEN).orElseThrow().scopes());
        assertTrue(people.program("another").isEmpty());
        now = now.plus(Duration.ofDays(366));
        assertTrue(people.program(TOKEN).isEmpty());
    }

    @Test
    void theFileIsReadAtTheFirstStartOnly() {
        people.addInitial(folder.resolve("absent"));
        assertEquals(1, count("people_user"));
    }

    @Test
    void aFileThatOthersMayReadIsRefusedWithoutItsSecrets() throws IOException {
        Path open = file("rw-r--r--", "taro:staff:secret");
        InitialUsersException e = assertThrows(InitialUsersException.class, () -> InitialUsers.read(open));
        assertTrue(e.getMessage().contains("0600"));
        Path bad = file("rw-------", "taro:mayor:secret");
        InitialUsersException e2 = assertThrows(InitialUsersException.class, () -> InitialUsers.read(bad));
        assertFalse(e2.getMessage().contains("secret:"));
    }

    @Test
    void aPasswordThatCannotBeReadMatchesNothing() {
        assertFalse(Passwords.matches("x", "plain"));
        assertFalse(Passwords.matches("x".repeat(201), Passwords.hash("x")));
    }

    private String signedIn() {
        Visitor visitor = new Visitor("10.0.0.1", "", Optional.empty(), Optional.empty(), Optional.empty());
        return database.inTransaction(tx -> {
            long user =
                    new Accounts(() -> now).named(tx, "hanako").orElseThrow().id();
            return sessions.open(tx, user, Proof.ONE_FACTOR, visitor, "password");
        });
    }

    private int count(String table) {
        return database.inTransaction(tx -> tx.createQuery("SELECT COUNT(*) FROM " + table)
                .mapTo(Integer.class)
                .one());
    }

    private Path file(String mode, String text) throws IOException {
        Path file = Files.createTempFile(folder, "users", ".txt");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, text + "\n# a remark\n\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }
}
