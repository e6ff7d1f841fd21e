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
        String id = sent(hanako);
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        assertTrue(suzuki.get("/staff/cases?q=" + id).body().contains(id));
        act(suzuki, id, Map.of("act", "take"));
        act(suzuki, id, Map.of("act", "return", "fields", "customer", "note", "Which number is on the slip?"));
        String asked = hanako.get("/cases/" + id).body();
        assertTrue(asked.contains("Something needs correcting") && asked.contains("Which number is on the slip?"));
        String correct = hanako.get("/cases/" + id + "/correct").body();
        assertTrue(correct.contains("name=\"customer\"") && !correct.contains("name=\"day\""), "no other field");
        assertEquals(
                303,
                hanako.post("/cases/" + id + "/correct", Map.of("customer", "12-345"))
                        .status());
        assertTrue(suzuki.get("/staff/cases/" + id).body().contains("12-345"));
        act(suzuki, id, Map.of("act", "propose", "outcome", "grant"));
        act(suzuki, id, Map.of("act", "decide"));
        String decided = hanako.get("/cases/" + id).body();
        String document = decided.replaceFirst("(?s).*href=\"(/cases/[^\"]+/documents/[^\"]+)\".*", "$1");
        Answer pdf = hanako.get(document);
        assertEquals("application/pdf", pdf.type());
        String verify = decided.replaceFirst("(?s).*href=\"(/verify/[^\"]+)\".*", "$1");
        assertEquals(200, new Guest(city).get(verify).status());
        act(suzuki, id, Map.of("act", "deliver"));
        assertTrue(hanako.get("/cases/" + id).body().contains("case-closed"));
    }

    @Test
    void nothingOfACaseIsThereForAnotherResidentOrAnotherDepartment() {
        String id = sent(Guest.signedIn(city, "hanako"));
        Guest jiro = Guest.signedIn(city, "jiro");
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
        String draft = begun(hanako, "water-start-stop");
        Guest jiro = Guest.signedIn(city, "jiro");
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
        String draft = begun(hanako, "water-start-stop");
        Map<String, String> wrong = what();
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
        String draft = begun(hanako, "water-start-stop");
        Map<String, String> fields = what();
        String script = "\"><script>x</script>";
        fields.put("customer", script);
        fields.put("place-rest", script);
        fields.put("action", "next");
        hanako.post(draft + "/what", fields);
        for (String page : List.of(draft + "/what", draft + "/confirm", "/procedures?q=%22%3E%3Cscript%3Ex%3C")) {
            assertFalse(hanako.get(page).body().contains("<script>x"), page);
        }
        String id = finished(hanako, draft);
        assertFalse(hanako.get("/cases/" + id).body().contains("<script>x"));
        assertFalse(
                Guest.signedIn(city, "suzuki").get("/staff/cases/" + id).body().contains("<script>x"));
    }

    @Test
    void aFormThatIsSentTwiceArrivesOnce() {
        Guest hanako = Guest.signedIn(city, "hanako");
        String draft = begun(hanako, "water-start-stop");
        Map<String, String> fields = what();
        fields.put("action", "next");
        hanako.post(draft + "/what", fields);
        finished(hanako, draft);
        assertEquals(404, hanako.post(draft + "/send", Map.of()).status());
    }

    @Test
    void ofTwoOfficersTheSecondIsShownWhatTheFirstDid() {
        String id = sent(Guest.signedIn(city, "hanako"));
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        act(suzuki, id, Map.of("act", "take"));
        Answer late = suzuki.post("/staff/cases/" + id + "/act", Map.of("act", "hand", "version", "1", "to", "shimin"));
        assertEquals(409, late.status());
        assertTrue(late.body().contains("Someone else changed this first")
                && late.body().contains("Being examined"));
    }

    @Test
    void aRefusalNeedsAReason() {
        String id = sent(Guest.signedIn(city, "hanako"));
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        act(suzuki, id, Map.of("act", "take"));
        Answer refused = suzuki.post(
                "/staff/cases/" + id + "/act", Map.of("act", "propose", "version", "2", "outcome", "refuse"));
        assertEquals(400, refused.status());
        assertTrue(refused.body().contains("Give the reason"));
        act(suzuki, id, Map.of("act", "propose", "outcome", "refuse", "reason", "0"));
    }

    @Test
    void anApplicationIsWithdrawnInASecondStep() {
        Guest hanako = Guest.signedIn(city, "hanako").speaking("en");
        String id = sent(hanako);
        assertTrue(hanako.get("/cases/" + id + "/withdraw").body().contains("Withdraw the application?"));
        assertEquals(303, hanako.post("/cases/" + id + "/withdraw", Map.of()).status());
        assertEquals(404, hanako.get("/cases/" + id + "/withdraw").status());
        assertEquals(409, hanako.post("/cases/" + id + "/withdraw", Map.of()).status());
    }

    @Test
    void counterStaffRegisterSomebodyAndFileForThem() {
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        String page = "/staff/procedures/water-start-stop";
        Answer registered =
                suzuki.post(page + "/register", Map.of("name", "新居 窓子", "kana", "アライ マドコ", "born", "S40.1.2"));
        String party = registered.body().replaceFirst("(?s).*name=\"party\" value=\"(\\d+)\".*", "$1");
        assertEquals(400, suzuki.post(page + "/start", Map.of("party", party)).status());
        Answer started = suzuki.post(page + "/start", Map.of("party", party, "document", "residence-card"));
        assertEquals(303, started.status(), started.body());
        String draft = started.location().replaceFirst("/what$", "");
        Map<String, String> fields = what();
        fields.put("action", "next");
        suzuki.post(draft + "/what", fields);
        String id = finished(suzuki, draft);
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
        assertEquals(5, list.path("online").asInt());
        for (JsonNode procedure : list.path("procedures")) {
            Answer one = new Guest(city)
                    .get("/api/v1/procedures/" + procedure.path("code").asText());
            assertEquals(
                    "https://json-schema.org/draft/2020-12/schema",
                    json.readTree(one.body()).path("answers").path("$schema").asText());
        }
        assertEquals(404, new Guest(city).get("/api/v1/procedures/nothing").status());
    }

    /** A notice to stop the water, sent; gives the case's number. */
    private static String sent(Guest resident) {
        String draft = begun(resident, "water-start-stop");
        Map<String, String> fields = what();
        fields.put("action", "next");
        Answer next = resident.post(draft + "/what", fields);
        assertEquals(draft + "/day-page", next.location(), next.body());
        return finished(resident, draft);
    }

    private static String begun(Guest resident, String code) {
        String page = resident.get("/procedures/" + code).body();
        String party = page.replaceFirst("(?s).*name=\"applicant\" value=\"(\\d+)\".*", "$1");
        if (party.length() > 20) {
            party = page.replaceFirst("(?s).*?<option value=\"(\\d+)\".*", "$1");
        }
        Answer started = resident.post("/procedures/" + code + "/start", Map.of("applicant", party));
        assertEquals(303, started.status(), started.body());
        return started.location().replaceFirst("/[^/]+$", "");
    }

    private static Map<String, String> what() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("kind", "stop");
        fields.put("place-town", "9028000");
        fields.put("place-rest", "1番地");
        return fields;
    }

    private static String finished(Guest guest, String draft) {
        guest.post(draft + "/day-page", Map.of("day", "平成29年1月10日", "present", "no", "action", "next"));
        guest.post(
                draft + "/bill", Map.of("bill-address-town", "outside", "bill-address-rest", "東京都", "action", "next"));
        Answer who = guest.post(draft + "/who", Map.of("name", "湖西 花子", "phone", "053-000-0001", "action", "next"));
        assertEquals(draft + "/confirm", who.location(), who.body());
        Answer sent = guest.post(draft + "/send", Map.of());
        assertEquals(303, sent.status(), sent.body());
        return sent.location().replaceFirst(".*/cases/(\\d{4}-\\d{6}).*", "$1");
    }

    private static void act(Guest staff, String id, Map<String, String> fields) {
        String page = staff.get("/staff/cases/" + id).body();
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("version", page.replaceFirst("(?s).*name=\"version\" value=\"(\\d+)\".*", "$1"));
        Answer answer = staff.post("/staff/cases/" + id + "/act", all);
        assertEquals(303, answer.status(), answer.body());
    }
}
