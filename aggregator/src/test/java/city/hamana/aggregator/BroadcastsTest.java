package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A message to many, from the division's desk to the residents' inboxes, with its jobs running. */
class BroadcastsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static City city;

    @BeforeAll
    static void open() {
        city = TestCity.open();
        city.startJobs();
    }

    @AfterAll
    static void close() {
        city.close();
    }

    @Test
    void aMessageIsWrittenSubmittedApprovedByAnotherAndReceivedOnceInEachOnesLanguage() {
        Guest author = Guest.signedIn(city, "yamada").speaking("en");
        String place = written(author, Map.of());
        assertTrue(submit(author, place));
        Guest manager = Guest.signedIn(city, "mori").speaking("en");
        assertTrue(manager.get("/staff/inbox").body().contains("承認をお願いします"));
        assertEquals(303, act(manager, place, "approve").status());
        Guest hanako = Guest.signedIn(city, "hanako");
        await(() -> hanako.get("/me/notices").body().contains("通行止め"));
        await(() -> manager.get(place).body().contains("<span>sent</span>"));
        assertEquals(2, hanako.get("/me/notices").body().split("通行止め", -1).length);
        assertEquals(400, act(manager, place, "stop").status(), "what is sent is not stopped");
    }

    @Test
    void theAuthorCannotApproveAndNeitherCanAnOfficer() {
        Guest author = Guest.signedIn(city, "mori").speaking("en");
        String place = written(author, Map.of());
        submit(author, place);
        Answer own = act(author, place, "approve");
        assertEquals(400, own.status());
        assertTrue(own.body().contains("The author cannot approve"));
        assertEquals(400, act(Guest.signedIn(city, "yamada"), place, "approve").status());
    }

    @Test
    void anotherDivisionDoesNotSeeIt() {
        String place = written(Guest.signedIn(city, "yamada"), Map.of());
        Guest other = Guest.signedIn(city, "ueda");
        assertEquals(404, other.get(place).status());
        assertEquals(404, other.get(place + "/edit").status());
        assertEquals(404, act(other, place, "submit").status());
    }

    @Test
    void withoutAllLanguagesItIsNotSubmitted() {
        Guest author = Guest.signedIn(city, "yamada").speaking("en");
        String place = written(author, Map.of("subject-pt", "", "text-pt", ""));
        Answer answer = act(author, place, "submit");
        assertEquals(400, answer.status());
        assertTrue(answer.body().contains("not there in all four languages"));
    }

    @Test
    void aChangeAfterTheManagerLookedIsNotApproved() {
        Guest author = Guest.signedIn(city, "yamada");
        String place = written(author, Map.of());
        Guest manager = Guest.signedIn(city, "mori").speaking("en");
        Map<String, String> form = fields(Map.of("subject-ja", "ちがう題", "version", "1"));
        assertEquals(303, author.post(place + "/edit", form).status());
        assertEquals(409, author.post(place + "/submit", Map.of("version", "1")).status());
        assertEquals(303, author.post(place + "/submit", Map.of("version", "2")).status());
        assertEquals(409, act(manager, place, "approve").status());
    }

    @Test
    void whoeverSaidNoGetsNothingOfTheTopicAndCanEndItFromAMail() {
        Guest ichiro = Guest.signedIn(city, "ichiro").speaking("en");
        ichiro.get("/me/topics");
        assertEquals(303, ichiro.post("/me/topics", Map.of("topic", "water")).status());
        Guest author = Guest.signedIn(city, "yamada").speaking("en");
        String place = written(author, Map.of("topic", "culture", "subject-ja", "音楽会"));
        submit(author, place);
        Guest manager = Guest.signedIn(city, "mori").speaking("en");
        act(manager, place, "approve");
        await(() -> manager.get(place).body().contains("<span>sent</span>"));
        assertFalse(ichiro.get("/me/notices").body().contains("音楽会"));
        assertTrue(Guest.signedIn(city, "hanako").get("/me/notices").body().contains("音楽会"));
        String hanako = TestCity.party(city, "hanako");
        String token = city.database()
                .inTransaction(
                        tx -> tx.createQuery("SELECT token FROM broadcasts_stop WHERE party = ? AND topic = 'culture'")
                                .bind(0, hanako)
                                .mapTo(String.class)
                                .one());
        Guest nobody = new Guest(city).speaking("en");
        assertTrue(nobody.get("/stop/" + token).body().contains("End messages about"));
        assertTrue(nobody.post("/stop/" + token, Map.of()).body().contains("You will get no more messages"));
        assertEquals(404, nobody.get("/stop/AAAAAAAAAAAAAAAAAAAAAA").status());
        Guest her = Guest.signedIn(city, "hanako");
        String culture =
                her.get("/me/topics").body().replaceFirst("(?s).*(<input[^>]*value=\"culture\"[^>]*>).*", "$1");
        assertFalse(culture.contains("checked"), culture);
    }

    @Test
    void anAudienceIsCountedBeforeAnythingIsSent() {
        Guest author = Guest.signedIn(city, "yamada").speaking("en");
        String everyone = author.get(written(author, Map.of())).body();
        String none = author.get(written(author, Map.of("age-from", "149", "age-to", "150")))
                .body();
        assertTrue(none.contains("<strong>0</strong>"), none);
        assertTrue(none.contains("aged 149 to 150"));
        assertFalse(everyone.contains("<strong>0</strong>"));
        Answer wrong = author.post("/staff/broadcasts/new", fields(Map.of("segment", "{\"sql\":1}")));
        assertEquals(400, wrong.status());
        assertTrue(wrong.body().contains("{\"sql\":1}"), "what was typed is kept");
    }

    @Test
    void whatAnotherModuleKnowsChoosesTheAudienceForItsOwnDivisionOnly() {
        ProcedureWalk.sent(Guest.signedIn(city, "hanako").speaking("en"));
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        String form = suzuki.get("/staff/broadcasts/new").body();
        String select = form.replaceFirst("(?s).*(<select id=\"known-procedures-open-case\".*?</select>).*", "$1");
        String stop = "water-start-stop";
        assertTrue(select.contains("value=\"" + stop + "\""), select);
        String place = written(suzuki, Map.of("known-procedures-open-case", stop));
        String shown = suzuki.get(place).body();
        long open = city.database()
                .inTransaction(tx -> tx.createQuery("SELECT COUNT(DISTINCT applicant) FROM cases_case"
                                + " WHERE kind = 'water-start-stop' AND applicant <> ''"
                                + " AND state NOT IN ('CLOSED', 'WITHDRAWN', 'MERGED')")
                        .mapTo(Long.class)
                        .one());
        assertTrue(open > 0, "hanako's case is open");
        assertTrue(shown.contains("<strong>" + open + "</strong>"), shown);
        assertTrue(shown.contains("not finished yet"), "the condition stands in what is approved");
        Guest other = Guest.signedIn(city, "ueda").speaking("en");
        assertFalse(other.get("/staff/broadcasts/new").body().contains("value=\"" + stop + "\""));
        String others = "{\"known\":{\"condition\":\"procedures.open-case\",\"value\":\"" + stop + "\"}}";
        assertEquals(
                400,
                other.post("/staff/broadcasts/new", fields(Map.of("segment", others)))
                        .status());
        assertEquals(
                400,
                suzuki.post("/staff/broadcasts/new", fields(Map.of("segment", others.replace("open", "no"))))
                        .status());
    }

    @Test
    void whatIsNewStandsInTheHeadOfEveryPageUntilItIsRead() {
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        suzuki.get("/staff/broadcasts");
        String place = written(suzuki, Map.of());
        suzuki.get(place);
        suzuki.post(place + "/test", Map.of());
        String head = suzuki.get("/accessibility").body();
        assertTrue(head.contains("class=\"news\" href=\"/staff/inbox\""), head);
        String inbox = suzuki.get("/staff/inbox").body();
        for (String link = first(inbox);
                !link.isEmpty();
                link = first(suzuki.get("/staff/inbox").body())) {
            suzuki.get(link);
        }
        assertFalse(suzuki.get("/accessibility").body().contains("href=\"/staff/inbox\""));
    }

    /** The first unread message; empty when there is none. */
    private static String first(String inbox) {
        return inbox.contains("class=\"new\"")
                ? inbox.replaceFirst("(?s).*?class=\"new\">\\s*<a href=\"(/staff/inbox/\\d+)\".*", "$1")
                : "";
    }

    private static boolean submit(Guest guest, String place) {
        return act(guest, place, "submit").status() == 303;
    }

    private static Answer act(Guest guest, String place, String act) {
        guest.get(place);
        return guest.post(place + "/" + act, Map.of("version", "1"));
    }

    private static String written(Guest author, Map<String, String> other) {
        author.get("/staff/broadcasts/new");
        Answer answer = author.post("/staff/broadcasts/new", fields(other));
        assertEquals(303, answer.status(), answer.body());
        return answer.location();
    }

    private static Map<String, String> fields(Map<String, String> other) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String language : List.of("ja", "easy-ja", "pt", "en")) {
            fields.put("subject-" + language, language.equals("ja") ? "通行止めのお知らせ" : "Road closed " + language);
            fields.put("text-" + language, "text " + language);
        }
        fields.put("topic", "roads");
        fields.put("urgency", "ORDINARY");
        fields.put("version", "0");
        fields.putAll(other);
        return fields;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertFalse(System.nanoTime() > end, "it did not come about within " + LIMIT);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
