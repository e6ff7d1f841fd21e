package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.capability.people.People;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two entries of one person, joined by two of the staff and parted again: what everybody sees of it. */
class MergesTest {
    private static final String LIST = "/staff/people/merges";
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
    void anEntryOfTheCounterAndOneOfTheInternetBecomeOneAndCanBePartedAgain() {
        Guest saburo = SignInWalk.registered(city, "saburo@example.jp", "内海 三郎");
        String gone = newest();
        saburo.post(
                "/me/facts",
                Map.of("written", "内海 三郎", "born", "1970-07-07", "phone", "053-576-0303", "language", "ja"));
        saburo.post("/me/consents/notices.area/give", Map.of());
        String number = ProcedureWalk.sent(saburo);
        saburo.post("/me/topics", Map.of());
        Guest kato = staff("kato");
        String stays = registered(kato, "内海三郎", "1970-07-07");
        String list = kato.get(LIST).body();
        assertTrue(list.contains("名前と生年月日が同じ") && list.contains(gone), list);
        String pair = LIST + "/compare?one=" + gone + "&other=" + stays;
        assertTrue(kato.get(pair).body().contains("053-576-0303"));
        Map<String, String> asked = Map.of("one", gone, "other", stays, "stays", stays, "do", "ask");
        assertEquals(LIST + "?said=merge-asked", kato.post(LIST, asked).location());
        String merge = merge(kato);
        Answer alone = kato.post(merge + "/agree", Map.of());
        assertEquals(400, alone.status());
        assertTrue(alone.body().contains("もう一人の職員の確認が必要です"));
        assertFalse(kato.get(merge).body().contains("/agree"));
        Guest abe = staff("abe");
        assertEquals(
                LIST + "?said=merge-done", abe.post(merge + "/agree", Map.of()).location());

        String me = saburo.get("/me").body();
        assertTrue(me.contains("内海三郎") && !me.contains("053-576-0303"), "the facts of the one that stays");
        assertTrue(saburo.get("/cases/" + number).body().contains(number), "the case followed");
        assertTrue(saburo.get("/cases").body().contains(number));
        assertTrue(saburo.get("/me/notices").body().contains("二つの登録を一つにまとめました"));
        assertFalse(consents(stays), "no consent was widened");
        assertEquals(200, saburo.get("/account").status(), "the sign-in is still its own");
        assertTrue(saburo.get("/me/data.json").body().contains("people " + gone));
        assertEquals(
                "/staff/people/" + stays + "?purpose=people.counter",
                kato.get("/staff/people/" + gone + "?purpose=people.counter").location());
        Guest again = signedInByMail("saburo@example.jp");
        assertTrue(again.get("/me").body().contains("内海三郎"), "and it goes on working");

        assertEquals(
                LIST + "?said=merge-undone",
                kato.post(merge + "/undo", Map.of()).location());
        assertTrue(saburo.get("/me").body().contains("053-576-0303"), "the own facts again");
        assertTrue(saburo.get("/cases").body().contains(number), "and the own case");
        assertTrue(consents(gone), "what was agreed to holds as before");
        assertEquals(
                200,
                kato.get("/staff/people/" + gone + "?purpose=people.counter").status());
        assertFalse(kato.get(LIST).body().contains("compare?one=" + gone), "nobody is asked again");
    }

    @Test
    void whoIsNotAtThatCounterJoinsNobody() {
        Guest yamada = staff("yamada");
        assertEquals(403, yamada.get(LIST).status());
        assertEquals(403, yamada.get(LIST + "/compare?one=1&other=2").status());
        assertEquals(
                403,
                yamada.post(LIST, Map.of("one", "1", "other", "2", "stays", "1"))
                        .status());
        assertEquals(403, yamada.post(LIST + "/1/agree", Map.of()).status());
        assertFalse(yamada.get("/staff/people").body().contains(LIST));
    }

    @Test
    void twoPersonsAreKeptApartAndNotProposedAgain() {
        Guest kato = staff("kato");
        String one = registered(kato, "双子 一", "2001-01-01");
        String other = registered(kato, "双子 一", "2001-01-01");
        assertTrue(kato.get(LIST).body().contains("one=" + one + "&amp;other=" + other));
        Map<String, String> apart = Map.of("one", one, "other", other, "do", "apart");
        assertEquals(LIST + "?said=merge-apart", kato.post(LIST, apart).location());
        assertFalse(kato.get(LIST).body().contains("one=" + one + "&amp;other=" + other));
    }

    @Test
    void whatCannotBeJoinedIsRefused() {
        Guest kato = staff("kato");
        String one = registered(kato, "断り 太郎", "2001-01-01");
        String business = kato.post(
                        "/staff/people/new", Map.of("kind", "business", "written", "断り商店", "language", "ja"))
                .location()
                .replaceFirst(".*/(\\d+)\\?.*", "$1");
        Answer kinds = kato.post(LIST, Map.of("one", one, "other", business, "stays", one, "do", "ask"));
        assertEquals(400, kinds.status());
        assertTrue(kinds.body().contains("人と事業者はまとめられません"), kinds.body());
        assertEquals(
                404, kato.get(LIST + "/compare?one=" + one + "&other=" + one).status());
        assertEquals(404, kato.get(LIST + "/compare?one=" + one + "&other=999").status());
        assertEquals(404, kato.get(LIST + "/999").status());
        assertEquals(404, kato.post(LIST + "/999/agree", Map.of()).status());
    }

    /** Registers somebody at the counter; gives the id. */
    static String registered(Guest staff, String name, String born) {
        return staff.post("/staff/people/new", Map.of("written", name, "born", born, "language", "ja"))
                .location()
                .replaceFirst(".*/(\\d+)\\?.*", "$1");
    }

    /** Path of the newest that waits or was made. */
    static String merge(Guest staff) {
        return staff.get(LIST).body().replaceFirst("(?s).*?href=\"(" + LIST + "/\\d+)\".*", "$1");
    }

    private static Guest signedInByMail(String mail) {
        Guest guest = new Guest(city).speaking("ja");
        guest.get("/sign-in/mail");
        guest.post("/sign-in/mail", Map.of("mail", mail));
        String code = SignInWalk.chosenCode(city, guest.cookie("__Host-step"), mail, "/me");
        assertEquals(
                "/me", guest.post("/sign-in/mail/code", Map.of("code", code)).location());
        return guest;
    }

    private static Guest staff(String name) {
        Guest guest = Guest.signedIn(city, name).speaking("ja");
        guest.get("/staff/people");
        return guest;
    }

    private static String newest() {
        return city.database()
                .inTransaction(tx -> tx.createQuery("SELECT MAX(id) FROM people_user")
                        .mapTo(String.class)
                        .one());
    }

    private static boolean consents(String party) {
        People people = TestCity.module(city, People.class);
        return city.database().inTransaction(tx -> people.consents(tx, party, "notices.area"));
    }
}
