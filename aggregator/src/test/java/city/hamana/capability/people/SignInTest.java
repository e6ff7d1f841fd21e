package city.hamana.capability.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Pem;
import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Entry;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Caller;
import city.hamana.platform.text.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing in by every way but the browser's own, and what happens to who guesses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {
    private static final String MAIL = "Hanako@Example.jp";

    private record Mail(Teller.To to, String code) {}

    private Instant now = Instant.parse("2026-07-03T05:20:00Z");

    private final List<Mail> sent = new ArrayList<>();
    private Database database;
    private Events events;
    private Accounts accounts;
    private Sessions sessions;
    private KnownDevices devices;
    private Steps steps;
    private Limits limits;
    private SecondFactors factors;
    private Path keysFile;
    private PasswordSignIn passwords;
    private MailCodes codes;

    Database database() {
        return Database.open("jdbc:derby:memory:signin;create=true");
    }

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        database = database();
        events = new Events(database);
        accounts = new Accounts(() -> now);
        sessions = new Sessions(database, events, true, () -> now, (tx, person) -> {});
        devices = new KnownDevices(() -> now);
        steps = new Steps(() -> now);
        limits = new Limits(database, () -> now);
        keysFile = TestPeople.keysFile();
        factors = new SecondFactors(() -> now, KeyRing.of(keysFile));
        Entrance entrance = new Entrance(database, events, () -> now, accounts, sessions, devices, steps, true);
        passwords = new PasswordSignIn(database, accounts, devices, factors, limits, entrance);
        codes = new MailCodes(
                database,
                accounts,
                devices,
                steps,
                limits,
                (tx, to, words, values, link) -> sent.add(new Mail(to, values.getFirst())));
        People people =
                TestPeople.of(database, events, () -> now, TestPeople.settings(SignInSettings.SecondFactor.REQUIRED));
        database.migrate(List.of(Events.SCHEMA, people.schema()));
        Path file = folder.resolve("users");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "hanako:resident:blue water:\nkato:staff:blue water:shimin.officer:加藤 遥\n");
        people.addInitial(file);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void forget() {
        sent.clear();
        told(tx -> {
            for (String table : List.of("attempt", "device", "step", "session", "totp", "recovery", "mail")) {
                tx.execute("DELETE FROM people_" + table);
            }
            return 0;
        });
    }

    @ParameterizedTest(name = "{0} failures for {1} from {2}; then {3} from {4}: stopped {5}")
    @CsvSource({
        // From one home and for one name, five.
        "4, hanako, 192.0.2.1, hanako, 192.0.2.1, false",
        "5, hanako, 192.0.2.1, hanako, 192.0.2.1, true",
        // Nobody elsewhere is held up by it, and no other name.
        "5, hanako, 192.0.2.1, hanako, 192.0.2.2, false",
        "5, hanako, 192.0.2.1, kato, 192.0.2.1, false",
        // An IPv6 home has one network, whatever address it takes.
        "5, hanako, 2001:db8:1:2::1, hanako, 2001:db8:1:2:ffff::9, true",
        "5, hanako, 2001:db8:1:2::1, hanako, 2001:db8:1:3::1, false"
    })
    void guessingIsStoppedWhereItComesFrom(
            int failures, String name, String address, String other, String from, boolean stopped) {
        for (int i = 0; i < failures; i++) {
            assertInstanceOf(SignIn.Wrong.class, passwords.tried(name, "no " + i, from(address)));
        }
        SignIn then = passwords.tried(other, "blue water", from(from));
        assertEquals(stopped ? SignIn.TooMany.class : SignIn.Right.class, then.getClass());
    }

    @ParameterizedTest(name = "{0} names tried from {1}; then one more: stopped {2}")
    @CsvSource({
        "30, 2001:db8::1, true",
        "29, 2001:db8::1, false",
        "30, 192.0.2.1, false",
        "99, 192.0.2.1, false",
        "100, 192.0.2.1, true"
    })
    void oneHomeMayNotTryManyNamesButAWholeProviderIsNoHome(int names, String address, boolean stopped) {
        fill("password " + Network.of(address), names, Duration.ofMinutes(15));
        SignIn then = passwords.tried("hanako", "blue water", from(address));
        assertEquals(stopped ? SignIn.TooMany.class : SignIn.Right.class, then.getClass());
    }

    @Test
    void whenAllTheWorldGuessesTheOwnersTelephoneIsStillLetIn() {
        String device = told(tx -> devices.remember(tx, Optional.empty(), hanako()));
        fill("password of hanako", 100, Duration.ofHours(1));
        assertInstanceOf(SignIn.TooMany.class, passwords.tried("hanako", "blue water", from("192.0.2.8")));
        Visitor own = new Visitor("192.0.2.8", "", Optional.empty(), Optional.of(device), Optional.empty());
        assertInstanceOf(SignIn.Right.class, passwords.tried("hanako", "blue water", own));
        assertInstanceOf(
                SignIn.TooMany.class,
                passwords.tried("hanako", "blue water", new Visitor("n", "", none(), Optional.of("forged"), none())));
        assertTrue(codes.ask(MAIL, "/", Language.JA, from("192.0.2.8")).isPresent(), "and by mail one gets in anyway");
        now = now.plus(Duration.ofMinutes(61));
        assertInstanceOf(SignIn.Right.class, passwords.tried("hanako", "blue water", from("192.0.2.8")));
    }

    @Test
    void aKnownTelephoneThatGuessesIsStoppedToo() {
        String device = told(tx -> devices.remember(tx, Optional.empty(), hanako()));
        Visitor own = new Visitor("192.0.2.8", "", none(), Optional.of(device), none());
        for (int i = 0; i < 10; i++) {
            assertInstanceOf(SignIn.Wrong.class, passwords.tried("hanako", "no", own));
        }
        assertInstanceOf(SignIn.TooMany.class, passwords.tried("hanako", "blue water", own));
    }

    @Test
    void whoHasASecondFactorIsNotShutOutByGuessers() {
        enrolled(kato());
        fill("password of kato", 100, Duration.ofHours(1));
        assertInstanceOf(SignIn.Right.class, passwords.tried("kato", "blue water", from("192.0.2.9")));
    }

    @Test
    void manyGuessesAtOnceAreNoWayAround() throws Exception {
        List<Future<SignIn>> tries = new ArrayList<>();
        try (ExecutorService together = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 24; i++) {
                tries.add(together.submit(() -> passwords.tried("hanako", "no", from("192.0.2.5"))));
            }
        }
        int looked = 0;
        for (Future<SignIn> one : tries) {
            looked += one.get() instanceof SignIn.Wrong ? 1 : 0;
        }
        assertTrue(looked >= 5 && looked <= 13, looked + " were looked at; those at the same moment may pass together");
    }

    @Test
    void anUnknownNameAndAnAccountWithoutAPasswordAreAnsweredLikeAWrongPassword() {
        assertInstanceOf(SignIn.Wrong.class, passwords.tried("nobody", "x", from("192.0.2.1")));
        assertInstanceOf(SignIn.Wrong.class, passwords.tried("nobody", "nobody", from("192.0.2.1")));
        assertInstanceOf(SignIn.Wrong.class, passwords.tried("' OR '1'='1", "x", from("192.0.2.1")));
    }

    @Test
    void aFailureIsAnEventWithoutWhatWasTyped() {
        passwords.tried("hanako", "my secret", from("192.0.2.1"));
        Entry entry = told(tx -> events.latest(tx, 1)).getFirst();
        assertEquals("people.sign-in-failed", entry.kind());
        assertEquals("person:" + hanako(), entry.subject());
        assertEquals("{\"with\":\"password\"}", entry.detail());
    }

    @Test
    void staffWithoutASecondFactorMayDoNothingYet() {
        Caller.Person weak = person(session(kato(), Proof.ONE_FACTOR));
        assertEquals(Set.of(), weak.roles());
        assertTrue(weak.may(Role.PERSON), "but set one up");
        assertEquals(
                Set.of(Role.STAFF), person(session(kato(), Proof.TWO_FACTORS)).roles());
        assertEquals(
                Set.of(Role.RESIDENT),
                person(session(hanako(), Proof.ONE_FACTOR)).roles());
    }

    @Test
    void aRisingProofMakesANewSessionAndEndsTheOld() {
        String first = session(kato(), Proof.ONE_FACTOR);
        Visitor visitor = new Visitor("n", "Firefox, Linux", Optional.of(first), none(), none());
        String second = told(tx -> sessions.open(tx, kato(), Proof.TWO_FACTORS, visitor, "code"));
        assertNotEquals(first, second);
        assertTrue(sessions.person(first).isEmpty());
        assertEquals(Proof.TWO_FACTORS, person(second).proof());
    }

    @Test
    void oneSeesOnesSessionsAndEndsThoseOfOnesOwn() {
        String here = session(hanako(), Proof.ONE_FACTOR);
        String there = session(hanako(), Proof.ONE_FACTOR);
        String katos = session(kato(), Proof.TWO_FACTORS);
        List<Session> list = told(tx -> sessions.list(tx, hanako(), here));
        assertEquals(2, list.size());
        assertEquals(1, list.stream().filter(Session::current).count());
        Session other = list.stream().filter(s -> !s.current()).findFirst().orElseThrow();
        told(tx -> {
            sessions.end(tx, kato(), other.id(), "person:" + kato());
            return 0;
        });
        assertTrue(sessions.person(there).isPresent(), "somebody else's is not ended");
        told(tx -> {
            sessions.end(tx, hanako(), other.id(), "person:" + hanako());
            return 0;
        });
        assertTrue(sessions.person(there).isEmpty());
        told(tx -> {
            sessions.endAll(tx, hanako(), "person:" + hanako());
            return 0;
        });
        assertTrue(sessions.person(here).isEmpty());
        assertTrue(sessions.person(katos).isPresent());
    }

    @Test
    void anAppIsSetUpByShowingItsCodeAndEachCodeIsTakenOnce() {
        String secret = SecondFactors.newSecret();
        assertTrue(told(tx -> factors.enrol(tx, kato(), secret, "000000")).isEmpty());
        assertFalse(has(kato()));
        List<String> recovery =
                told(tx -> factors.enrol(tx, kato(), secret, code(secret)).orElseThrow());
        assertEquals(10, new HashSet<>(recovery).size());
        assertFalse(takes(code(secret)), "the code that set it up is used up");
        now = now.plusSeconds(30);
        String next = code(secret);
        assertTrue(takes(next.substring(0, 3) + " " + next.substring(3)));
        assertFalse(takes(next));
        assertTrue(takes(recovery.getFirst().toUpperCase(Locale.ROOT)));
        assertFalse(takes(recovery.getFirst()));
        assertFalse(takes(hanako(), recovery.getLast()), "they are kato's");
        int left = told(tx -> factors.recoveryCodes(tx, kato()));
        assertEquals(9, left);
        told(tx -> factors.newRecoveryCodes(tx, kato()));
        assertFalse(takes(recovery.getLast()));
    }

    @Test
    void theTableAloneTellsNoSecretOfAnApp() {
        String secret = SecondFactors.newSecret();
        told(tx -> factors.enrol(tx, kato(), secret, code(secret)));
        String sealed = sealed();
        assertTrue(sealed.startsWith("k1."), sealed);
        assertFalse(sealed.contains(secret));
        assertEquals(
                "",
                told(tx -> tx.createQuery("SELECT secret FROM people_totp")
                        .mapTo(String.class)
                        .one()));
        told(tx -> tx.execute("UPDATE people_totp SET user_id = ?", hanako()));
        assertThrows(PeopleException.class, () -> takes(hanako(), code(secret)), "it opens for its owner only");
    }

    @Test
    void whatWasKeptOpenBeforeIsSealedAtTheStart() {
        String secret = SecondFactors.newSecret();
        told(tx -> tx.execute("INSERT INTO people_totp (user_id, secret, last_step) VALUES (?, ?, 0)", kato(), secret));
        told(tx -> {
            factors.sealAll(tx);
            return 0;
        });
        assertTrue(sealed().startsWith("k1."));
        assertTrue(takes(code(secret)));
    }

    @Test
    void aNewKeyTakesTheOldOnesPlaceAtTheNextStart() throws IOException {
        String secret = SecondFactors.newSecret();
        told(tx -> factors.enrol(tx, kato(), secret, code(secret)));
        Path rotated = TestPeople.keysFile();
        Pem.replaceSecret(rotated, KeyRing.line("k2") + Files.readString(keysFile));
        SecondFactors later = new SecondFactors(() -> now, KeyRing.of(rotated));
        told(tx -> {
            later.sealAll(tx);
            return 0;
        });
        assertTrue(sealed().startsWith("k2."), sealed());
        now = now.plusSeconds(30);
        boolean taken = told(tx -> later.takes(tx, kato(), code(secret)));
        assertTrue(taken);
        PeopleException missing =
                assertThrows(PeopleException.class, () -> told(tx -> factors.takes(tx, kato(), code(secret))));
        assertTrue(missing.getMessage().contains("the key k2 is not in it"), missing.getMessage());
    }

    private String sealed() {
        return told(tx -> tx.createQuery("SELECT sealed FROM people_totp")
                .mapTo(String.class)
                .one());
    }

    @Test
    void aMailCodeLetsInOnceInTheBrowserThatAskedForIt() {
        told(tx -> {
            accounts.addMail(tx, hanako(), Accounts.mail(MAIL));
            return 0;
        });
        Visitor asked = asked(MAIL);
        Mail mail = sent.getFirst();
        assertEquals(new Teller.To.Mail("hanako@example.jp", Language.PT), mail.to());
        assertInstanceOf(MailCodes.Answer.Over.class, codes.check(from("192.0.2.1"), mail.code()), "another browser");
        MailCodes.Answer.Right right = assertInstanceOf(MailCodes.Answer.Right.class, codes.check(asked, mail.code()));
        assertEquals(hanako(), right.user().orElseThrow());
        assertEquals("/water", right.to());
        assertInstanceOf(MailCodes.Answer.Over.class, codes.check(asked, mail.code()));
    }

    @Test
    void whetherAnAddressIsKnownShowsOnlyAfterTheCode() {
        Visitor asked = asked("nobody@example.jp");
        assertEquals(1, sent.size());
        MailCodes.Answer.Right right = assertInstanceOf(
                MailCodes.Answer.Right.class, codes.check(asked, sent.getFirst().code()));
        assertTrue(right.user().isEmpty());
    }

    @Test
    void aMailCodeEndsAfterTenMinutesFiveTriesOrANewOne() {
        Visitor asked = asked(MAIL);
        for (int i = 0; i < 4; i++) {
            assertInstanceOf(MailCodes.Answer.Wrong.class, codes.check(asked, wrong(sent.getFirst())));
        }
        assertInstanceOf(MailCodes.Answer.Over.class, codes.check(asked, wrong(sent.getFirst())));
        assertInstanceOf(
                MailCodes.Answer.Over.class, codes.check(asked, sent.getFirst().code()));
        Visitor second = asked(MAIL);
        now = now.plus(Duration.ofMinutes(10));
        assertInstanceOf(
                MailCodes.Answer.Over.class, codes.check(second, sent.getLast().code()));
        Visitor third = asked(MAIL);
        String code = sent.getLast().code();
        codes.ask(MAIL, "/", Language.JA, third);
        assertInstanceOf(MailCodes.Answer.Over.class, codes.check(third, code));
    }

    @Test
    void nobodyFillsAMailboxAndTheOwnerIsNotShutOut() {
        told(tx -> {
            accounts.addMail(tx, hanako(), Accounts.mail(MAIL));
            return 0;
        });
        for (int i = 0; i < 5; i++) {
            assertTrue(codes.ask(MAIL, "/", Language.JA, from("192.0.2.1")).isPresent());
        }
        assertTrue(codes.ask(MAIL, "/", Language.JA, from("192.0.2.1")).isEmpty());
        fill("mail to hanako@example.jp", 15, Duration.ofDays(1));
        assertTrue(codes.ask(MAIL, "/", Language.JA, from("192.0.2.2")).isEmpty());
        String device = told(tx -> devices.remember(tx, Optional.empty(), hanako()));
        Visitor own = new Visitor("192.0.2.2", "", none(), Optional.of(device), none());
        assertTrue(codes.ask(MAIL, "/", Language.JA, own).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "a@example.jp, true",
        "a.b+c@mail.example.co.jp, true",
        "a@b, false",
        "a b@example.jp, false",
        "a@example.jp>, false",
        "'a@example.jp\nBcc: x@y.jp', false",
        "@example.jp, false",
        "'', false"
    })
    void onlyWhatIsOneAddressIsTaken(String text, boolean taken) {
        assertEquals(taken, MailCodes.isMail(text));
    }

    @Test
    void secretsAreNotInTheTables() {
        Visitor asked = asked(MAIL);
        String session = session(hanako(), Proof.ONE_FACTOR);
        String device = told(tx -> devices.remember(tx, Optional.empty(), hanako()));
        List<String> recovery = enrolled(kato());
        String rows = told(tx -> tx.createQuery("""
                SELECT secret_hash FROM people_session UNION ALL SELECT secret_hash FROM people_device
                UNION ALL SELECT secret_hash FROM people_step UNION ALL SELECT data FROM people_step
                UNION ALL SELECT code_hash FROM people_recovery UNION ALL SELECT bucket FROM people_attempt
                """).mapTo(String.class).list().toString());
        for (String secret : List.of(
                session, device, asked.step().orElseThrow(), sent.getFirst().code())) {
            assertFalse(rows.contains(secret.replace(" ", "")));
        }
        assertFalse(rows.contains(recovery.getFirst().replace("-", "")));
    }

    @Test
    void aBrowserIsNamedSoThatItsOwnerKnowsIt() {
        String android = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/126.0.0.0 Mobile Safari/537.36";
        assertEquals("Chrome, Android", Browser.of(android));
        assertEquals("?, ?", Browser.of("<script>"));
    }

    private List<String> enrolled(long user) {
        String secret = SecondFactors.newSecret();
        return told(tx -> factors.enrol(tx, user, secret, code(secret)).orElseThrow());
    }

    private String code(String secret) {
        return Totp.code(Totp.ofBase32(secret), Totp.step(now));
    }

    private boolean takes(String code) {
        return takes(kato(), code);
    }

    private boolean takes(long user, String code) {
        return told(tx -> factors.takes(tx, user, code));
    }

    private boolean has(long user) {
        return told(tx -> factors.has(tx, user));
    }

    private static String wrong(Mail mail) {
        return mail.code().startsWith("0")
                ? "1" + mail.code().substring(1)
                : "0" + mail.code().substring(1);
    }

    private Visitor asked(String mail) {
        String step = codes.ask(mail, "/water", Language.PT, from("192.0.2.1")).orElseThrow();
        return new Visitor("192.0.2.1", "", none(), none(), Optional.of(step));
    }

    /** As many failures as if they had come one by one. */
    private void fill(String bucket, int times, Duration window) {
        for (int i = 0; i < times; i++) {
            assertTrue(limits.begin(List.of(new Limits.Bucket(bucket, 1_000, window)))
                    .isPresent());
        }
    }

    private String session(long user, Proof proof) {
        return told(tx -> sessions.open(tx, user, proof, from("192.0.2.1"), "password"));
    }

    private Caller.Person person(String secret) {
        return sessions.person(secret).orElseThrow();
    }

    private long hanako() {
        return told(tx -> accounts.named(tx, "hanako").orElseThrow().id());
    }

    private long kato() {
        return told(tx -> accounts.named(tx, "kato").orElseThrow().id());
    }

    private static Visitor from(String address) {
        return new Visitor(Network.of(address), "Chrome, Android", none(), none(), none());
    }

    private static Optional<String> none() {
        return Optional.empty();
    }

    private <T> T told(Function<Handle, T> story) {
        return database.inTransaction(story::apply);
    }
}
