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
            "/account/passkeys/{id}/remove",
            "/me/mandates/accept",
            "/staff/people/{id}",
            "/staff/people/{id}/facts",
            "/staff/people/{id}/mandates",
            "/staff/people/merges",
            "/staff/people/merges/compare",
            "/staff/people/merges/{id}",
            "/staff/accounts/{id}");

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
                newcomer.post(
                                "/sign-in/mail/code",
                                Map.of("code", chosenCode(city, newcomer.cookie("__Host-step"), mail, "/")))
                        .location());
        register(newcomer);
        assertEquals(400, newcomer.get("/sign-in/provider/back").status());
        withApp(city, newcomer);
        Guest other = Guest.signedIn(city, "ichiro").speaking(language.code());
        city.database().inTransaction(tx -> addPasskey(tx, language));
        String account = other.get("/account").body();
        String id = account.replaceFirst("(?s).*/account/passkeys/(\\d+)/remove.*", "$1");
        assertEquals(200, other.get("/account/passkeys/" + id + "/remove").status());
        throughMine(city, language, other);
        throughStaffs(city, language);
    }

    private static void throughMine(City city, Language language, Guest other) {
        Guest hanako = Guest.signedIn(city, "hanako").speaking(language.code());
        hanako.get("/me");
        hanako.post("/me/consents/notices.area/give", Map.of());
        assertTrue(hanako.get("/me/consents?said=consent-given").body().contains("/withdraw"));
        assertEquals(400, hanako.post("/me/mandates", Map.of("until", "x")).status());
        Answer link = hanako.post("/me/mandates", Map.of("until", "2017-06-30"));
        String code = link.body().replaceFirst("(?s).*accept\\?code=([A-Za-z0-9_-]+)<.*", "$1");
        assertEquals(200, other.get("/me/mandates/accept?code=" + code).status());
        assertEquals(
                "/me/mandates?said=invitation-over",
                hanako.get("/me/mandates/accept?code=" + code).location());
        other.get("/me");
        other.post("/me/mandates/accept", Map.of("code", code));
        other.post("/me/erase", Map.of());
        assertEquals(200, other.get("/me/erase").status());
        assertEquals(400, other.post("/me/facts", Map.of("written", "")).status());
    }

    private static void throughStaffs(City city, Language language) {
        Guest staff = Guest.signedIn(city, "suzuki").speaking(language.code());
        assertEquals(400, staff.get("/staff/people?q=hakamata").status());
        String found =
                staff.get("/staff/people?q=hakamata&purpose=people.counter").body();
        String id = found.replaceFirst("(?s).*/staff/people/(\\d+)\\?.*", "$1");
        assertEquals(
                200,
                staff.get("/staff/people/" + id + "?purpose=people.counter").status());
        assertEquals(200, staff.get("/staff/people/" + id + "/facts").status());
        String accounts = staff.get("/staff/accounts").body();
        String kato = accounts.replaceFirst("(?s).*/staff/accounts/(\\d+)\">kato<.*", "$1");
        assertEquals(200, staff.get("/staff/accounts/" + kato).status());
        assertEquals(
                400, staff.post("/staff/accounts/" + kato, Map.of("shown", "")).status());
        assertEquals(200, staff.get("/staff/people/erasures").status());
        throughCounters(city, language, id);
    }

    private static void throughCounters(City city, Language language, String party) {
        Guest counter = Guest.signedIn(city, "kato").speaking(language.code());
        String path = "/staff/people/" + party + "/mandates";
        assertEquals(200, counter.get(path + "?q=naito").status());
        assertEquals(400, counter.post(path, Map.of("q", "naito", "until", "x")).status());
        String one = MergesTest.registered(counter, "重複 一郎", "1980-05-05");
        String other = MergesTest.registered(counter, "重複 一郎", "1980-05-05");
        assertTrue(counter.get("/staff/people/merges").body().contains(other));
        Map<String, String> undecided = Map.of("one", one, "other", other, "do", "ask");
        assertEquals(400, counter.post("/staff/people/merges", undecided).status());
        counter.post("/staff/people/merges", Map.of("one", one, "other", other, "stays", one, "do", "ask"));
        String merge = MergesTest.merge(counter);
        assertEquals(200, counter.get(merge).status());
        assertEquals(303, counter.post(merge + "/decline", Map.of()).status());
    }

    /** Puts a code of ours in the place of the one that went out to this browser; gives ours. */
    static String chosenCode(City city, String step, String mail, String to) {
        String data = mail + "\n" + hash(mail + "12345678") + "\n" + to;
        city.database()
                .inTransaction(
                        tx -> tx.execute("UPDATE people_step SET data = ? WHERE secret_hash = ?", data, hash(step)));
        return "1234 5678";
    }

    /** Somebody who has registered by mail. */
    static Guest registered(City city, String mail, String name) {
        Guest guest = new Guest(city).speaking("ja");
        guest.get("/sign-in/mail");
        guest.post("/sign-in/mail", Map.of("mail", mail));
        String code = chosenCode(city, guest.cookie("__Host-step"), mail, "/me");
        guest.post("/sign-in/mail/code", Map.of("code", code));
        guest.get("/sign-in/register");
        Answer done = guest.post("/sign-in/register", Map.of("written", name, "language", "ja", "agreed", "yes"));
        assertEquals("/me", done.location(), done.body());
        guest.get("/me");
        return guest;
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
