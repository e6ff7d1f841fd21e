package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.platform.text.Language;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The pages of signing in that stand behind others, in the order in which somebody comes to them. */
final class SignInWalk {
    static final Set<String> PATHS = Set.of(
            "/sign-in/code",
            "/sign-in/mail/code",
            "/sign-in/register",
            "/sign-in/provider",
            "/sign-in/provider/back",
            "/account/passkeys/{id}/remove");

    private SignInWalk() {}

    static void through(City city, Language language) {
        Guest newcomer = new Guest(city).speaking(language.code());
        newcomer.get("/sign-in/mail");
        assertEquals(
                400, newcomer.post("/sign-in/mail", Map.of("mail", "nobody")).status());
        String mail = "walker-" + language.code() + "@example.jp";
        assertEquals(
                "/sign-in/mail/code",
                newcomer.post("/sign-in/mail", Map.of("mail", mail)).location());
        assertTrue(newcomer.get("/sign-in/mail/code").body().contains(mail));
        assertEquals(
                401, newcomer.post("/sign-in/mail/code", Map.of("code", "1")).status());
        assertEquals(
                "/sign-in/register",
                newcomer.post("/sign-in/mail/code", Map.of("code", chosenCode(city, newcomer, mail)))
                        .location());
        register(newcomer);
        assertEquals(400, newcomer.get("/sign-in/provider/back").status());
        withApp(city, newcomer);
        Guest other = Guest.signedIn(city, "ichiro").speaking(language.code());
        city.database().inTransaction(tx -> addPasskey(tx, language));
        String account = other.get("/account").body();
        String id = account.replaceFirst("(?s).*/account/passkeys/(\\d+)/remove.*", "$1");
        assertEquals(200, other.get("/account/passkeys/" + id + "/remove").status());
    }

    /** Puts a code of ours in the place of the one that went out; gives ours. */
    static String chosenCode(City city, Guest guest, String mail) {
        String data = mail + "\n" + hash(mail + "12345678") + "\n/";
        city.database()
                .inTransaction(tx -> tx.execute(
                        "UPDATE people_step SET data = ? WHERE secret_hash = ?",
                        data,
                        hash(guest.cookie("__Host-step"))));
        return "1234 5678";
    }

    private static void register(Guest guest) {
        guest.get("/sign-in/register");
        Answer wrong = guest.post("/sign-in/register", Map.of("written", "", "latin", "SILVA", "language", "pt"));
        assertEquals(400, wrong.status());
        assertTrue(wrong.body().contains("value=\"SILVA\""), "what was typed is kept");
        Answer done =
                guest.post("/sign-in/register", Map.of("written", "Ana Silva", "language", "pt", "agreed", "yes"));
        assertEquals(303, done.status(), done.body());
    }

    /** Sets an app up and signs in with it. */
    private static void withApp(City city, Guest guest) {
        String page = guest.get("/account/second-factor").body();
        assertEquals(
                400, guest.post("/account/second-factor", Map.of("code", "1")).status());
        String secret = page.replaceFirst("(?s).*<code class=\"secret\">([A-Z2-7 ]+)</code>.*", "$1")
                .replace(" ", "");
        Answer codes = guest.post("/account/second-factor", Map.of("code", OneTimeCode.now(secret)));
        assertEquals(200, codes.status(), codes.body());
        assertEquals(10, codes.body().split("<li><code>", -1).length - 1);
        assertTrue(guest.get("/account").body().contains("/account/second-factor/remove"));
        city.database()
                .inTransaction(
                        tx -> tx.execute(
                                "UPDATE people_user SET password = (SELECT u.password FROM"
                                        + " people_user u WHERE u.name = 'hanako') WHERE id = (SELECT MAX(t.user_id) FROM people_totp t)"));
        String name = city.database()
                .inTransaction(tx -> tx.createQuery(
                                "SELECT name FROM people_user WHERE id = (SELECT MAX(user_id) FROM people_totp)")
                        .mapTo(String.class)
                        .one());
        guest.post("/sign-out", Map.of());
        guest.get("/sign-in");
        assertEquals(
                "/sign-in/code",
                guest.post("/sign-in", Map.of("name", name, "password", "blue water"))
                        .location());
        guest.get("/sign-in/code");
        assertEquals(401, guest.post("/sign-in/code", Map.of("code", "1")).status());
        String recovery = codes.body().replaceFirst("(?s).*?<li><code>([^<]+)</code>.*", "$1");
        assertEquals(303, guest.post("/sign-in/code", Map.of("code", recovery)).status());
    }

    private static int addPasskey(Handle tx, Language language) {
        return tx.execute("""
                INSERT INTO people_passkey (credential_hash, credential, user_id, public_key, signatures, label,
                                            created_ms, used_ms)
                SELECT ?, 'AA', id, 'AA', 0, 'わたしのスマホ', 0, 0 FROM people_user WHERE name = 'ichiro'
                """, hash(language.code()));
    }

    static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
