package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.capability.people.People;
import city.hamana.capability.people.SignInSettings;
import city.hamana.capability.people.TestPeople;
import city.hamana.platform.events.Entry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What residents do with what the city knows of them, and what staff do with people, without a socket. */
class MePagesTest {
    private static City city;

    @BeforeAll
    static void open() {
        city = TestCity.open();
    }

    @AfterAll
    static void close() {
        city.close();
    }

    @Test
    void aResidentCorrectsFactsAndWhatIsWrongIsSaidAndKept() {
        Guest ichiro = resident("ichiro");
        Answer wrong = ichiro.post("/me/facts", Map.of("written", "袴田 \uE000子", "phone", "call me", "language", "ja"));
        assertEquals(400, wrong.status());
        assertTrue(wrong.body().contains("外字") && wrong.body().contains("value=\"call me\""));
        Map<String, String> right = Map.of(
                "written", "袴田 葛\uDB40\uDD00子",
                "kana", "ハカマタ カツコ",
                "town", "9028000",
                "rest", "12番地",
                "phone", "053-576-1111",
                "mail", "h@example.jp",
                "language", "pt");
        assertEquals("/me?said=facts", ichiro.post("/me/facts", right).location());
        String me = ichiro.get("/me").body();
        assertTrue(me.contains("袴田 葛\uDB40\uDD00子"), "with its variation selector");
        assertTrue(me.contains("湖西市鷲津12番地"));
        String json = ichiro.get("/me/data.json").body();
        assertTrue(json.contains("袴田 葛\uDB40\uDD00子") && json.contains("\"town-id\" : \"9028000\""), json);
    }

    @Test
    void aConsentIsGivenWithdrawnAndKeptInTheHistory() {
        Guest hanako = resident("hanako");
        String id = id("hanako");
        assertFalse(consents(id));
        hanako.post("/me/consents/notices.area/give", Map.of());
        assertTrue(consents(id));
        hanako.post("/me/consents/notices.area/withdraw", Map.of());
        assertFalse(consents(id));
        assertTrue(hanako.get("/me/consents").body().contains("に取り消し"));
        assertEquals(404, hanako.post("/me/consents/everything/give", Map.of()).status());
        assertEquals(List.of("people.consent-withdrawn", "people.consent-given"), kinds(id, 2));
    }

    @Test
    void oneSeesWhichDivisionLookedAndWhatFor() {
        Guest kato = staff("kato");
        assertEquals(303, kato.get("/staff/people/" + id("hanako")).status(), "not without a purpose");
        assertEquals(
                303,
                kato.get("/staff/people/" + id("hanako") + "?purpose=curiosity").status());
        kato.get("/staff/people/" + id("hanako") + "?purpose=people.phone&reference=case:2026-000007");
        String readings = resident("hanako").get("/me/readings").body();
        assertTrue(readings.contains("市民課") && readings.contains("電話でのお問い合わせ"), readings);
        assertTrue(readings.contains("case:2026-000007"));
        assertFalse(readings.contains("加藤"), "the division answers for it, not one person");
        assertFalse(resident("jiro").get("/me/readings").body().contains("case:2026-000007"));
    }

    @Test
    void aSearchAsksForThePurposeFirst() {
        Guest kato = staff("kato");
        Answer none = kato.get("/staff/people?q=hakamata");
        assertEquals(400, none.status());
        assertFalse(none.body().contains("袴田"));
        assertTrue(kato.get("/staff/people?q=hakamata&purpose=people.counter")
                .body()
                .contains("袴田 花子"));
        assertEquals("people.found", kinds(id("hanako"), 1).getFirst());
    }

    @Test
    void whoComesToTheCounterIsRegistered() {
        Guest kato = staff("kato");
        Answer done = kato.post(
                "/staff/people/new",
                Map.of("kind", "business", "written", "はまな商店", "town", "9028000", "rest", "1", "language", "ja"));
        assertTrue(done.location().startsWith("/staff/people/"), done.body());
        String page = kato.get(done.location()).body();
        assertTrue(page.contains("はまな商店") && page.contains("9028000"));
        String change = done.location().replaceFirst("\\?.*", "/facts");
        assertEquals(
                303,
                kato.post(change, Map.of("written", "はまな商会", "language", "ja")).status());
        assertTrue(kato.get(done.location()).body().contains("はまな商会"));
    }

    @Test
    void aProxyIsInvitedAcceptsAndIsEnded() {
        Guest hanako = resident("hanako");
        Answer made = hanako.post("/me/mandates", Map.of("until", "2017-06-30"));
        String code = made.body().replaceFirst("(?s).*accept\\?code=([A-Za-z0-9_-]+)<.*", "$1");
        Guest jiro = resident("jiro");
        jiro.post("/me/mandates/accept", Map.of("code", code));
        Guest ichiro = resident("ichiro");
        assertEquals(
                "/me/mandates?said=invitation-over",
                ichiro.post("/me/mandates/accept", Map.of("code", code)).location(),
                "once only");
        String mine = hanako.get("/me/mandates").body();
        assertTrue(mine.contains("内藤 二郎") && mine.contains("2017年6月30日"), mine);
        String end = mine.replaceFirst("(?s).*(/me/mandates/\\d+/end).*", "$1");
        assertEquals(404, ichiro.post(end, Map.of()).status(), "somebody else's is not there");
        assertEquals(303, jiro.post(end, Map.of()).status());
        assertEquals("people.mandate-ended", kinds(id("hanako"), 1).getFirst());
    }

    @Test
    void oneWishIsGrantedByASecondPersonAndTheNameIsGone() {
        Guest saburo = SignInWalk.registered(city, "saburo@example.jp", "内海 三郎");
        String id = city.database()
                .inTransaction(tx -> tx.createQuery("SELECT MAX(id) FROM people_user")
                        .mapTo(String.class)
                        .one());
        saburo.post("/me/erase", Map.of());
        saburo.post("/me/erase/withdraw", Map.of());
        saburo.post("/me/erase", Map.of());
        Guest admin = staff("suzuki");
        String waiting = admin.get("/staff/people/erasures").body();
        assertTrue(waiting.contains("内海 三郎"));
        String path = waiting.replaceFirst("(?s).*action=\"(/staff/people/erasures/\\d+)\".*", "$1");
        assertEquals(403, staff("kato").post(path, Map.of()).status());
        assertEquals(303, admin.post(path, Map.of()).status());
        assertEquals(404, admin.post(path, Map.of()).status(), "once");
        assertEquals(303, saburo.get("/me").status(), "the session is over");
        assertFalse(admin.get("/staff/people?q=内海&purpose=people.duty").body().contains("/staff/people/" + id));
        assertFalse(
                admin.get("/staff/people/" + id + "?purpose=people.duty").body().contains("内海"));
        assertFalse(log().contains("内海"), "no name is in the event log");
    }

    @Test
    void anAdministratorChangesAPostAndNobodyLosesTheLastRight() {
        Guest admin = staff("suzuki");
        String ono = "/staff/accounts/" + id("ono");
        Map<String, String> post = Map.of("shown", "小野 咲", "department", "zeimu", "rank", "chief", "auditor", "yes");
        assertEquals(ono + "?said=account-changed", admin.post(ono, post).location());
        assertTrue(admin.get("/staff/accounts.csv?q=ono").body().contains("ono,小野 咲,zeimu,chief,staff+auditor"));
        Answer own = admin.post("/staff/accounts/" + id("suzuki"), post);
        assertEquals(400, own.status());
        assertEquals(404, admin.get("/staff/accounts/" + id("hanako")).status(), "residents are no staff");
        Guest fresh = staff("ono");
        assertEquals(403, fresh.get("/staff/accounts").status());
        assertEquals(
                ono + "?said=sessions-ended",
                admin.post(ono + "/end-sessions", Map.of()).location());
        assertEquals(303, fresh.get("/staff/people").status(), "signed out");
    }

    @Test
    void aNewMemberOfStaffSignsInWithThePasswordShownOnce() {
        Guest admin = staff("suzuki");
        Map<String, String> form = Map.of("name", "tanaka", "shown", "田中 海", "department", "somu", "rank", "officer");
        Answer made = admin.post("/staff/accounts/new", form);
        String password = made.body().replaceFirst("(?s).*<code class=\"secret\">([^<]+)</code>.*", "$1");
        Guest tanaka = new Guest(city);
        tanaka.get("/sign-in");
        assertEquals(
                "/account/password",
                tanaka.post("/sign-in", Map.of("name", "tanaka", "password", password))
                        .location());
        assertEquals(
                "/account/second-factor",
                tanaka.get("/staff/people").location(),
                "first of all the password that the administrator knows is changed");
        assertEquals("/account/password", tanaka.get("/account/second-factor").location());
        assertTrue(tanaka.get("/account/password").body().contains("Somebody else made your present password")
                || tanaka.get("/account/password").body().contains("ほかの人が作った"));
        assertEquals(
                303, changed(tanaka, password, "nine lanterns over the lake").status());
        assertEquals(200, tanaka.get("/staff/people").status());
        assertEquals(400, admin.post("/staff/accounts/new", form).status(), "the name is taken");
    }

    @Test
    void oneChangesOnesOwnPasswordAndNobodyElseStaysSignedIn() {
        Guest jiro = resident("jiro");
        Guest elsewhere = resident("jiro");
        String session = jiro.cookie("__Host-session");
        assertTrue(jiro.get("/account").body().contains("/account/password"));
        Answer wrong = changed(jiro, "green water", "nine lanterns over the lake");
        assertEquals(400, wrong.status());
        assertTrue(wrong.body().contains("今のパスワードが違います") && !wrong.body().contains("lanterns"));
        assertTrue(changed(jiro, "blue water", "short").body().contains("12文字以上"));
        assertTrue(changed(jiro, "blue water", "password 2017!").body().contains("すぐに破られます"));
        Map<String, String> differing = Map.of("old", "blue water", "new", "nine lanterns", "again", "ten lanterns");
        assertTrue(jiro.post("/account/password", differing).body().contains("2回の入力が違います"));
        assertEquals(200, elsewhere.get("/me").status(), "nothing has changed");
        Answer done = changed(jiro, "blue water", "nine lanterns over the lake");
        assertEquals("/account?said=password-changed", done.location(), done.body());
        assertFalse(session.equals(jiro.cookie("__Host-session")));
        assertEquals(200, jiro.get("/me").status());
        assertEquals(303, elsewhere.get("/me").status(), "signed out");
        assertTrue(jiro.get("/me/notices").body().contains("パスワードが変わりました"));
        Guest later = new Guest(city);
        later.get("/sign-in");
        assertEquals(
                401,
                later.post("/sign-in", Map.of("name", "jiro", "password", "blue water"))
                        .status());
        Map<String, String> fresh = Map.of("name", "jiro", "password", "nine lanterns over the lake");
        assertEquals(303, later.post("/sign-in", fresh).status());
        for (int i = 0; i < 5; i++) {
            changed(jiro, "guess " + i, "another one of lanterns");
        }
        assertEquals(
                429,
                changed(jiro, "nine lanterns over the lake", "another one of lanterns")
                        .status());
        // As it was, for the other tests.
        city.database()
                .inTransaction(
                        tx -> tx.execute("UPDATE people_user SET password = (SELECT u.password FROM people_user u"
                                + " WHERE u.name = 'hanako') WHERE name = 'jiro'"));
    }

    @Test
    void whoHasNoPasswordHasNoneToChange() {
        Guest guest = SignInWalk.registered(city, "no-password@example.jp", "無 一");
        assertEquals("/account", guest.get("/account/password").location());
        assertEquals(
                "/account", changed(guest, "", "nine lanterns over the lake").location());
    }

    private static Answer changed(Guest guest, String old, String fresh) {
        return guest.post("/account/password", Map.of("old", old, "new", fresh, "again", fresh));
    }

    @Test
    void staffWhoNeedASecondFactorSetItUpBeforeAnythingElse() {
        City strict = new City(
                TestCity.settings(new SignInSettings(
                        URI.create("https://localhost:8443"),
                        SignInSettings.SecondFactor.REQUIRED,
                        Optional.empty(),
                        TestPeople.keysFile(),
                        Optional.empty())),
                TestCity.identity());
        Guest kato = new Guest(strict);
        kato.get("/sign-in");
        Answer in = kato.post("/sign-in", Map.of("name", "kato", "password", "blue water", "to", "/staff/people"));
        assertEquals("/account/second-factor", in.location());
        assertEquals("/account/second-factor", kato.get("/staff/people").location());
        assertEquals("/account/second-factor", kato.get("/account").location());
        String page = kato.get("/account/second-factor").body();
        String secret = page.replaceFirst("(?s).*<code class=\"secret\">([A-Z2-7 ]+)</code>.*", "$1")
                .replace(" ", "");
        String before = kato.cookie("__Host-session");
        assertEquals(
                200,
                kato.post("/account/second-factor", Map.of("code", OneTimeCode.now(secret)))
                        .status());
        assertFalse(before.equals(kato.cookie("__Host-session")), "a better proof is a new session");
        assertEquals(200, kato.get("/staff/people").status());
        assertEquals(403, kato.post("/account/second-factor/remove", Map.of()).status(), "it stays");
        strict.close();
    }

    private Guest resident(String name) {
        Guest guest = Guest.signedIn(city, name).speaking("ja");
        guest.get("/me");
        return guest;
    }

    private Guest staff(String name) {
        Guest guest = Guest.signedIn(city, name).speaking("ja");
        guest.get("/staff/people");
        return guest;
    }

    private boolean consents(String id) {
        People people = TestCity.module(city, People.class);
        return city.database().inTransaction(tx -> people.consents(tx, id, "notices.area"));
    }

    private List<String> kinds(String id, int most) {
        return city.database().inTransaction(tx -> city.events().about(tx, "party:" + id, most)).stream()
                .map(Entry::kind)
                .toList();
    }

    private String log() {
        return city.database()
                .inTransaction(tx -> city.events().latest(tx, 1_000))
                .toString();
    }

    private String id(String name) {
        return city.database()
                .inTransaction(tx -> tx.createQuery("SELECT id FROM people_user WHERE name = ?")
                        .bind(0, name)
                        .mapTo(String.class)
                        .one());
    }
}
