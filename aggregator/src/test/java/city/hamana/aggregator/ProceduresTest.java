package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Procedures from the resident's and from the office's side, without a socket. */
class ProceduresTest {
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
    void waterIsStoppedFromTheFormToTheVerifiedDocument() {
        Guest hanako = Guest.signedIn(city, "hanako").speaking("en");
        String id = ProcedureWalk.sent(hanako);
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        assertTrue(suzuki.get("/staff/cases?q=" + id).body().contains(id));
        ProcedureWalk.act(suzuki, id, Map.of("act", "take"));
        ProcedureWalk.act(
                suzuki, id, Map.of("act", "return", "fields", "customer", "note", "Which number is on the slip?"));
        String asked = hanako.get("/cases/" + id).body();
        assertTrue(asked.contains("Something needs correcting") && asked.contains("Which number is on the slip?"));
        String correct = hanako.get("/cases/" + id + "/correct").body();
        assertTrue(correct.contains("name=\"customer\"") && !correct.contains("name=\"day\""), "no other field");
        assertEquals(
                303,
                hanako.post("/cases/" + id + "/correct", Map.of("customer", "12-345"))
                        .status());
        assertTrue(suzuki.get("/staff/cases/" + id).body().contains("12-345"));
        ProcedureWalk.act(suzuki, id, Map.of("act", "propose", "outcome", "grant"));
        ProcedureWalk.act(suzuki, id, Map.of("act", "decide"));
        String decided = hanako.get("/cases/" + id).body();
        String document = decided.replaceFirst("(?s).*href=\"(/cases/[^\"]+/documents/[^\"]+)\".*", "$1");
        Answer pdf = hanako.get(document);
        assertEquals("application/pdf", pdf.type());
        String verify = decided.replaceFirst("(?s).*href=\"(/verify/[^\"]+)\".*", "$1");
        assertEquals(200, new Guest(city).get(verify).status());
        ProcedureWalk.act(suzuki, id, Map.of("act", "deliver"));
        assertTrue(hanako.get("/cases/" + id).body().contains("case-closed"));
    }

    @Test
    void nothingOfACaseIsThereForAnotherResidentOrAnotherDepartment() {
        String id = ProcedureWalk.sent(Guest.signedIn(city, "hanako"));
        Guest jiro = Guest.signedIn(city, "jiro");
        jiro.get("/");
        for (String path : List.of("", "/print.pdf", "/withdraw", "/correct", "/documents/cases-2016-1", "/files/x")) {
            assertEquals(404, jiro.get("/cases/" + id + path).status(), path);
        }
        assertEquals(404, jiro.post("/cases/" + id + "/withdraw", Map.of()).status());
        assertEquals(
                404, jiro.post("/cases/" + id + "/say", Map.of("text", "hello")).status());
        assertEquals(
                404,
                jiro.post("/cases/" + id + "/correct", Map.of("customer", "1")).status());
        Guest kato = Guest.signedIn(city, "kato");
        kato.get("/");
        for (String path : List.of("", "/print.pdf", "/documents/cases-2016-1", "/files/x")) {
            assertEquals(404, kato.get("/staff/cases/" + id + path).status(), path);
        }
        assertEquals(
                404,
                kato.post("/staff/cases/" + id + "/act", Map.of("act", "take", "version", "1"))
                        .status());
        assertFalse(kato.get("/staff/cases?q=" + id).body().contains("/staff/cases/" + id));
    }

    @Test
    void aDraftIsItsWritersAlone() {
        Guest hanako = Guest.signedIn(city, "hanako");
        String draft = ProcedureWalk.begun(hanako, "water-start-stop");
        Guest jiro = Guest.signedIn(city, "jiro");
        jiro.get("/");
        for (String path : List.of("/what", "/confirm", "/discard", "/files/x")) {
            assertEquals(404, jiro.get(draft + path).status(), path);
        }
        for (String path : List.of("/what", "/send", "/discard")) {
            assertEquals(404, jiro.post(draft + path, Map.of("action", "next")).status(), path);
        }
        assertEquals(200, hanako.get(draft + "/what").status());
    }

    @Test
    void nobodyAppliesForWhomTheyMayNotActFor() {
        Guest hanako = Guest.signedIn(city, "hanako");
        String jiro = TestCity.party(city, "jiro");
        assertEquals(
                403,
                hanako.post("/procedures/water-start-stop/start", Map.of("applicant", jiro))
                        .status());
    }

    @Test
    void whatWasTypedStaysRightOrWrongAndOnAnotherDevice() {
        Guest hanako = Guest.signedIn(city, "hanako").speaking("en");
        String draft = ProcedureWalk.begun(hanako, "water-start-stop");
        Map<String, String> wrong = ProcedureWalk.what();
        wrong.put("customer", "x".repeat(21));
        wrong.put("action", "next");
        Answer refused = hanako.post(draft + "/what", wrong);
        assertEquals(400, refused.status());
        assertTrue(refused.body().contains("up to 20 characters"), refused.body());
        Guest elsewhere = Guest.signedIn(city, "hanako").speaking("en");
        assertTrue(elsewhere.get("/cases").body().contains(draft));
        assertTrue(elsewhere.get(draft + "/what").body().contains("x".repeat(21)));
        Answer send = elsewhere.post(draft + "/send", Map.of());
        assertEquals(400, send.status());
        assertTrue(send.body().contains("Something is still missing"));
    }

    @Test
    void aScriptThatIsTypedIsShownAndNotRun() {
        Guest hanako = Guest.signedIn(city, "hanako").speaking("en");
        String draft = ProcedureWalk.begun(hanako, "water-start-stop");
        Map<String, String> fields = ProcedureWalk.what();
        String script = "\"><script>x</script>";
        fields.put("customer", script);
        fields.put("place-rest", script);
        fields.put("action", "next");
        hanako.post(draft + "/what", fields);
        for (String page : List.of(draft + "/what", draft + "/confirm", "/procedures?q=%22%3E%3Cscript%3Ex%3C")) {
            assertFalse(hanako.get(page).body().contains("<script>x"), page);
        }
        String id = ProcedureWalk.finished(hanako, draft);
        assertFalse(hanako.get("/cases/" + id).body().contains("<script>x"));
        assertFalse(
                Guest.signedIn(city, "suzuki").get("/staff/cases/" + id).body().contains("<script>x"));
    }

    @Test
    void aFormThatIsSentTwiceArrivesOnce() {
        Guest hanako = Guest.signedIn(city, "hanako");
        String draft = ProcedureWalk.begun(hanako, "water-start-stop");
        Map<String, String> fields = ProcedureWalk.what();
        fields.put("action", "next");
        hanako.post(draft + "/what", fields);
        ProcedureWalk.finished(hanako, draft);
        assertEquals(404, hanako.post(draft + "/send", Map.of()).status());
    }

    @Test
    void ofTwoOfficersTheSecondIsShownWhatTheFirstDid() {
        String id = ProcedureWalk.sent(Guest.signedIn(city, "hanako"));
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        ProcedureWalk.act(suzuki, id, Map.of("act", "take"));
        Answer late = suzuki.post("/staff/cases/" + id + "/act", Map.of("act", "hand", "version", "1", "to", "shimin"));
        assertEquals(409, late.status());
        assertTrue(late.body().contains("Someone else changed this first")
                && late.body().contains("Being examined"));
    }

    @Test
    void aRefusalNeedsAReason() {
        String id = ProcedureWalk.sent(Guest.signedIn(city, "hanako"));
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        ProcedureWalk.act(suzuki, id, Map.of("act", "take"));
        Answer refused = suzuki.post(
                "/staff/cases/" + id + "/act", Map.of("act", "propose", "version", "2", "outcome", "refuse"));
        assertEquals(400, refused.status());
        assertTrue(refused.body().contains("Give the reason"));
        ProcedureWalk.act(suzuki, id, Map.of("act", "propose", "outcome", "refuse", "reason", "0"));
    }

    @Test
    void anApplicationIsWithdrawnInASecondStep() {
        Guest hanako = Guest.signedIn(city, "hanako").speaking("en");
        String id = ProcedureWalk.sent(hanako);
        assertTrue(hanako.get("/cases/" + id + "/withdraw").body().contains("Withdraw the application?"));
        assertEquals(303, hanako.post("/cases/" + id + "/withdraw", Map.of()).status());
        assertEquals(404, hanako.get("/cases/" + id + "/withdraw").status());
        assertEquals(409, hanako.post("/cases/" + id + "/withdraw", Map.of()).status());
    }

    @Test
    void counterStaffRegisterSomebodyAndFileForThem() {
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        String page = "/staff/procedures/water-start-stop";
        suzuki.get(page);
        Answer registered =
                suzuki.post(page + "/register", Map.of("name", "新居 窓子", "kana", "アライ マドコ", "born", "S40.1.2"));
        String party = registered.body().replaceFirst("(?s).*name=\"party\" value=\"(\\d+)\".*", "$1");
        assertEquals(400, suzuki.post(page + "/start", Map.of("party", party)).status());
        Answer started = suzuki.post(page + "/start", Map.of("party", party, "document", "residence-card"));
        assertEquals(303, started.status(), started.body());
        String draft = started.location().replaceFirst("/what$", "");
        Map<String, String> fields = ProcedureWalk.what();
        fields.put("action", "next");
        suzuki.post(draft + "/what", fields);
        String id = ProcedureWalk.finished(suzuki, draft);
        String filed = suzuki.get("/staff/cases/" + id).body();
        assertTrue(filed.contains("Seen at the counter") && filed.contains("Residence card"), filed);
        assertEquals(400, suzuki.post(page + "/register", Map.of("name", "")).status());
    }

    @Test
    void theCatalogueIsSearchedByWordAndByWhatHappened() {
        Guest guest = new Guest(city).speaking("ja");
        assertTrue(guest.get("/procedures?q=juminhyo").body().contains("/procedures/residence-copy"));
        assertFalse(guest.get("/procedures?q=juminhyo").body().contains("/procedures/dx-grant"));
        assertTrue(guest.get("/procedures?event=death").body().contains("/procedures/bereavement-desk"));
        assertTrue(guest.get("/procedures?q=zzz").body().contains("見つかりませんでした"));
        assertTrue(
                guest.get("/procedures/find?asked=1&is=damaged").body().contains("/procedures/disaster-certificate"));
        assertEquals(404, guest.get("/procedures/nothing").status());
    }

    @Test
    void programsReadTheCatalogueAndEachFormsSchema() throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode list = json.readTree(new Guest(city).get("/api/v1/procedures").body());
        assertEquals(7, list.path("online").asInt());
        for (JsonNode procedure : list.path("procedures")) {
            Answer one = new Guest(city)
                    .get("/api/v1/procedures/" + procedure.path("code").asText());
            assertEquals(
                    "https://json-schema.org/draft/2020-12/schema",
                    json.readTree(one.body()).path("answers").path("$schema").asText());
        }
        assertEquals(404, new Guest(city).get("/api/v1/procedures/nothing").status());
    }

    @Test
    void aGrantGoesToTheOfficeOfTheBudgetBeforeItIsDecided() {
        Guest hanako = Guest.signedIn(city, "hanako").speaking("en");
        String id = grant(hanako);
        Guest ono = Guest.signedIn(city, "ono").speaking("en");
        Guest hara = Guest.signedIn(city, "hara").speaking("en");
        Guest ueda = Guest.signedIn(city, "ueda").speaking("en");
        assertEquals(404, hara.get("/staff/cases/" + id).status(), "it has not come to them");
        ProcedureWalk.act(ono, id, Map.of("act", "take"));
        ProcedureWalk.act(ono, id, Map.of("act", "propose", "outcome", "grant"));
        assertTrue(hara.get("/staff/cases").body().contains(id));
        assertFalse(ueda.get("/staff/cases").body().contains(id));
        String step = hanako.get("/cases/" + id).body();
        assertTrue(step.replaceAll("\\s+", " ").contains("aria-current=\"step\"><span>Confirmation of the budget"));
        ProcedureWalk.act(hara, id, Map.of("act", "agree"));
        String before = ueda.get("/staff/cases/" + id).body();
        assertTrue(before.contains("小野 咲") && before.contains("原 直樹"), "who did what stands there");
        ProcedureWalk.act(ueda, id, Map.of("act", "decide"));
        String decided = hanako.get("/cases/" + id).body();
        assertTrue(decided.contains("61,000"));
        assertFalse(decided.contains("原 直樹"), "who did it is not the applicant's to read");
    }

    @Test
    void rowsAreAddedAndTakenOutByButtonsAndCheckedOneByOne() {
        Guest hanako = Guest.signedIn(city, "hanako").speaking("en");
        String draft = ProcedureWalk.begun(hanako, "dx-grant");
        Map<String, String> page = new LinkedHashMap<>(project());
        page.put("action", "add costs");
        Answer added = hanako.post(draft + "/project", page);
        assertEquals(draft + "/project#costs", added.location());
        String two = hanako.get(draft + "/project").body();
        assertTrue(two.contains("name=\"costs.1.amount\"") && two.contains("value=\"123456\""));
        page.put("action", "next");
        page.put("costs", "1");
        page.put("costs.1.item", "x");
        page.put("costs.1.amount", "a lot");
        String wrong = hanako.post(draft + "/project", page).body();
        assertTrue(wrong.contains("Fill in “Amount (1)” with digits."), wrong);
        page.put("action", "drop costs.1");
        assertEquals(303, hanako.post(draft + "/project", page).status());
        assertTrue(hanako.get(draft + "/project").body().contains("name=\"costs.0.amount\""));
        page.put("action", "next");
        page.remove("costs");
        page.put("end", "2017-02-01");
        String order = hanako.post(draft + "/project", page).body();
        assertTrue(order.contains("The end must not be before the begin."));
        assertTrue(order.contains("Fill in at least one entry"));
    }

    @Test
    void atTheVisitWhatAppliesIsOpenedInOneStepAndOnlyWhatIsMissingIsAsked() {
        Guest hanako = Guest.signedIn(city, "hanako").speaking("en");
        String visit = booking(hanako);
        Guest kato = Guest.signedIn(city, "kato").speaking("en");
        String page = kato.get("/staff/cases/" + visit).body();
        assertTrue(page.contains("value=\"property-heir\" checked")
                && page.contains("value=\"water-start-stop\" checked"));
        assertFalse(page.contains("value=\"funeral-allowance\" checked"), "nobody said so");
        assertEquals(
                400,
                kato.post("/staff/cases/" + visit + "/open", Map.of("document", "passport"))
                        .status());
        Answer opened =
                kato.post("/staff/cases/" + visit + "/open", Map.of("opens", "property-heir", "document", "passport"));
        assertEquals(303, opened.status());
        assertFalse(kato.get("/staff/cases/" + visit).body().contains("value=\"property-heir\""), "it is open now");
        String mine = hanako.get("/cases/" + visit).body();
        String heir = mine.replaceFirst("(?s).*Procedures opened at this visit.*?href=\"/cases/([0-9-]+)\".*", "$1");
        assertTrue(hanako.get("/cases/" + heir).body().contains("/cases/" + visit), "linked both ways");
        assertTrue(kato.get("/staff/cases/" + heir).body().contains("袴田 太郎"), "known from the booking");
        kato.post("/staff/cases/" + visit + "/open", Map.of("opens", "water-start-stop", "document", "passport"));
        String water = hanako.get("/cases/" + visit)
                .body()
                .replaceFirst("(?s).*Procedures opened at this visit.*href=\"/cases/([0-9-]+)\".*", "$1");
        String correct = hanako.get("/cases/" + water + "/correct").body();
        assertTrue(correct.contains("name=\"kind\"") && !correct.contains("name=\"place-town\""), "the place is known");
        Map<String, String> stop = Map.of("kind", "stop", "day", "2017-01-10", "present", "no", "action", "next");
        Answer further = hanako.post("/cases/" + water + "/correct", stop);
        assertEquals(400, further.status());
        assertTrue(
                further.body().contains("name=\"bill-address-town\""), "who stops it is asked where to send the bill");
        Map<String, String> all = new LinkedHashMap<>(stop);
        all.put("bill-address-town", "outside");
        all.put("bill-address-rest", "東京都");
        assertEquals(303, hanako.post("/cases/" + water + "/correct", all).status());
        assertEquals(
                404,
                kato.post("/staff/cases/2017-999999/open", Map.of("opens", "x")).status());
        Guest suzuki = Guest.signedIn(city, "suzuki");
        suzuki.get("/staff/cases");
        assertEquals(
                403,
                suzuki.post("/staff/cases/" + water + "/open", Map.of("opens", "x"))
                        .status());
    }

    @Test
    void theListOfOneKindShowsAndSortsByWhatItsDefinitionNames() {
        Guest hanako = Guest.signedIn(city, "hanako").speaking("en");
        String id = ProcedureWalk.sent(hanako);
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        String list = suzuki.get("/staff/cases?kind=water-start-stop").body();
        assertTrue(list.contains("sort=kind") && list.contains(">Stop<"), list);
        assertFalse(suzuki.get("/staff/cases").body().contains("sort=kind"), "columns belong to one kind");
        String up = suzuki.get("/staff/cases?kind=water-start-stop&sort=kind").body();
        String down =
                suzuki.get("/staff/cases?kind=water-start-stop&sort=-kind").body();
        assertTrue(up.contains("aria-sort=\"ascending\"") && down.contains("aria-sort=\"descending\""));
        assertTrue(up.indexOf(">Start<") < up.indexOf(">Stop<") && down.indexOf(">Stop<") < down.indexOf(">Start<"));
        String csv =
                suzuki.get("/staff/cases.csv?kind=water-start-stop&sort=-kind").body();
        assertTrue(csv.contains("\"Kind of notice\"") && csv.contains("\"Stop\"") && csv.contains(id));
        assertEquals(
                200,
                suzuki.get("/staff/cases?kind=water-start-stop&sort=nothing").status());
    }

    @Test
    void theDaysOnWhichTheCityHallIsClosedAreOpenData() {
        String days = new Guest(city).get("/api/v1/closed-days.csv?year=2026").body();
        assertTrue(days.contains("2026-05-06,休日(振替),国民の祝日に関する法律 第3条第2項"));
        assertTrue(days.contains("2026-12-29,年末,湖西市の休日を定める条例 [K]"));
        assertEquals(200, new Guest(city).get("/api/v1/closed-days.csv?year=x").status());
    }

    private static Map<String, String> project() {
        return Map.of(
                "kind", "software",
                "project-title", "Orders",
                "plan", "Less paper.",
                "begin", "2017-03-01",
                "end", "2017-06-30",
                "costs", "0",
                "costs.0.item", "Cloud",
                "costs.0.amount", "123,456");
    }

    private static String grant(Guest guest) {
        String draft = ProcedureWalk.begun(guest, "dx-grant");
        ProcedureWalk.next(
                guest,
                draft,
                "requirements",
                Map.of(
                        "in-city", "yes",
                        "one-year", "yes",
                        "tax-paid", "yes",
                        "excluded", "no",
                        "other-grant", "no",
                        "begun", "no"));
        ProcedureWalk.next(
                guest,
                draft,
                "business",
                Map.of(
                        "business-name", "Minato",
                        "representative", "M",
                        "phone", "053-576-1111",
                        "office-town", "9028000",
                        "office-rest", "1"));
        ProcedureWalk.next(guest, draft, "project", project());
        guest.post(
                draft + "/papers",
                Map.of("tax-consent", List.of("yes"), "action", List.of("next")),
                Map.of("estimate", GeoPhoto.jpeg(34.7, 137.5)));
        return guest.post(draft + "/send", Map.of()).location().replaceFirst(".*/cases/(\\d{4}-\\d{6}).*", "$1");
    }

    private static String booking(Guest guest) {
        String draft = ProcedureWalk.begun(guest, "bereavement-desk");
        ProcedureWalk.next(
                guest,
                draft,
                "deceased",
                Map.of(
                        "deceased-name", "袴田 太郎",
                        "died", "2017-01-02",
                        "deceased-address-town", "9028000",
                        "deceased-address-rest", "1番地"));
        Map<String, List<String>> attributes =
                Map.of("attributes", List.of("house", "water"), "action", List.of("next"));
        assertEquals(
                303,
                guest.post(draft + "/attributes-page", attributes, Map.of()).status());
        ProcedureWalk.next(
                guest,
                draft,
                "time",
                Map.of(
                        "first-day", "2017-01-10",
                        "first-time", "t0900",
                        "second-day", "2017-01-11",
                        "second-time", "t1030"));
        Map<String, String> who =
                Map.of("name", "袴田 花子", "relation", "child", "interpreter", "none", "phone", "053-576-1111");
        ProcedureWalk.next(guest, draft, "who", who);
        return guest.post(draft + "/send", Map.of()).location().replaceFirst(".*/cases/(\\d{4}-\\d{6}).*", "$1");
    }
}
