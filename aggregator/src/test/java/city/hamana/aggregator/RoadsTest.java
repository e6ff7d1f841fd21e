package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Road reports from the street to the answer, without a socket. */
class RoadsTest {
    private static City city;

    @BeforeAll
    static void open() {
        city = TestCity.open();
    }

    @AfterAll
    static void close() {
        city.close();
    }

    /** Each test begins as if nothing had come within the hour. */
    @BeforeEach
    void forgetWhatCame() {
        city.database().inTransaction(tx -> tx.execute("DELETE FROM roads_sent"));
    }

    @Test
    void aReportIsMadeWithoutSigningInAndItsSenderHasAPageOfTheirOwn() {
        Guest sender = new Guest(city).speaking("ja");
        String mine = RoadsVisit.send(sender, RoadsVisit.draft(begun(sender)));
        String page = sender.get(mine).body();
        assertTrue(page.contains("お知らせありがとうございます"), page);
        assertTrue(page.contains("自転車で転びそうになった"));
        assertTrue(page.contains("角の家の前"));
        String wrong = mine.replaceFirst("mine/.{5}", "mine/AAAAA");
        assertEquals(404, new Guest(city).get(wrong).status());
        assertEquals(404, new Guest(city).get("/roads/mine/short").status());
    }

    @Test
    void whatASenderWroteIsReadByEverybodyOnlyAfterStaffLetItBeSeen() {
        Guest sender = begun(new Guest(city));
        String id = id(sender, RoadsVisit.send(sender, RoadsVisit.draft(sender)));
        Guest anybody = new Guest(city).speaking("ja");
        String hidden = anybody.get("/roads/" + id).body();
        assertFalse(hidden.contains("自転車で") || hidden.contains("角の家"), hidden);
        assertFalse(anybody.get("/roads").body().contains("角の家"));
        assertFalse(anybody.get("/api/features/collections/road-reports/items")
                .body()
                .contains("角の家"));

        Guest staff = staff("yamada");
        assertEquals(
                303,
                staff.post("/staff/roads/" + id + "/show", Map.of("shown", "車道に穴", "photo", ""))
                        .status());
        String shown = anybody.get("/roads/" + id).body();
        assertTrue(shown.contains("車道に穴"));
        assertFalse(shown.contains("自転車で"));
    }

    @Test
    void theNearestRoadTellsWhoLooksAfterIt() {
        assertEquals("national", owner("137.5200", "34.6856", "pothole"));
        assertEquals("prefectural", owner("137.5150", "34.7171", "pothole"));
        assertEquals("city", owner("137.5371", "34.7131", "pothole"));
        assertEquals("farm", owner("137.5450", "34.7500", "pothole"));
        assertEquals("unknown", owner("137.5000", "34.7050", "pothole"));
    }

    @Test
    void aLeakGoesToTheWaterDivisionAndAFarmRoadToIndustry() {
        assertEquals(200, staffStatus("suzuki", "137.5371", "34.7131", "leak"));
        assertEquals(404, staffStatus("yamada", "137.5371", "34.7131", "leak"));
        assertEquals(200, staffStatus("ono", "137.5450", "34.7500", "pothole"));
        assertEquals(404, staffStatus("suzuki", "137.5450", "34.7500", "pothole"));
    }

    @Test
    void aDangerShowsTheTelephoneBeforeAnythingElse() {
        Guest sender = begun(new Guest(city).speaking("ja"));
        String first = sender.get("/roads/new").body();
        assertTrue(first.indexOf("tel:119") < first.indexOf("<input type=\"file\""), "the telephone stands first");
        String draft = RoadsVisit.draft(sender);
        Answer answer = sender.post(draft + "/category", Map.of("category", "wire"));
        assertEquals(draft + "/danger", answer.location());
        String page = sender.get(answer.location()).body();
        assertTrue(page.contains("tel:110") && page.contains("tel:%239910"), page);
        assertFalse(page.contains("<textarea"));
    }

    @Test
    void whatIsNearAndTheSameIsShownFirstAndOneAddsOneselfOnce() {
        Guest sender = begun(new Guest(city).speaking("ja"));
        String draft = RoadsVisit.draft(sender);
        String near = sender.get(draft + "/near").body();
        String id = near.replaceFirst("(?s).*?href=\"/roads/(\\d{4}-\\d{6})\".*", "$1");
        assertTrue(near.contains("わたしも気づいた"), near);
        int before = supports(id);
        assertEquals(
                "/roads/" + id + "?said=supported",
                sender.post("/roads/" + id + "/support", Map.of()).location());
        assertEquals(
                "/roads/" + id + "?said=supported-before",
                sender.post("/roads/" + id + "/support", Map.of()).location());
        assertEquals(before + 1, supports(id));
    }

    @Test
    void whereNothingIsNearTheFormGoesOn() {
        Guest sender = begun(new Guest(city));
        String draft = RoadsVisit.draft(sender);
        sender.post(draft + "/place", Map.of("longitude", "137.5000", "latitude", "34.7050", "landmark", ""));
        assertEquals(draft + "/detail", sender.get(draft + "/near").location());
    }

    @Test
    void aPlaceOutsideOrNoneIsRefusedAndWhatWasTypedIsKept() {
        Guest sender = begun(new Guest(city).speaking("ja"));
        String draft = RoadsVisit.draft(sender);
        Answer outside =
                sender.post(draft + "/place", Map.of("longitude", "139.7", "latitude", "35.6", "landmark", "東京の角"));
        assertEquals(400, outside.status());
        assertTrue(outside.body().contains("湖西市の外") && outside.body().contains("東京の角"));
        assertEquals(400, sender.post(draft + "/place", Map.of()).status());
        assertEquals(
                400,
                sender.post(draft + "/place", Map.of("longitude", "x", "latitude", "NaN"))
                        .status());
        assertEquals(
                303, sender.post(draft + "/place", Map.of("landmark", "駅の前")).status(), "words alone are a place");
    }

    @Test
    void answersThatDoNotFitAreRefused() {
        Guest sender = begun(new Guest(city).speaking("en"));
        String draft = RoadsVisit.draft(sender);
        Answer none = sender.post(draft + "/detail", Map.of("detail", "kept text", "mail", "nobody"));
        assertEquals(400, none.status());
        assertTrue(none.body().contains("kept text"));
        assertTrue(none.body().contains("Choose an answer.") && none.body().contains("Check the mail address"));
        assertEquals(
                400,
                sender.post(draft + "/detail", Map.of("answer-size", "huge")).status());
        assertEquals(
                400,
                sender.post(draft + "/detail", Map.of("answer-size", "small", "detail", "x".repeat(2_001)))
                        .status());
        assertEquals("/roads/new", sender.post(draft + "/send", Map.of()).location(), "nothing was skipped");
    }

    @Test
    void aDraftIsOpenOnlyToWhoKnowsItsAddress() {
        Guest sender = begun(new Guest(city));
        String draft = RoadsVisit.draft(sender);
        String other = draft.replaceFirst("new/.{4}", "new/AAAA");
        assertEquals("/roads/new", new Guest(city).get(other + "/detail").location());
        assertEquals("/roads/new", new Guest(city).get("/roads/new/x/detail").location());
    }

    @Test
    void scriptInEveryFieldIsShownAsText() {
        Guest sender = begun(new Guest(city));
        String script = "<script>alert(1)</script>'\"><img src=x onerror=alert(1)>";
        String draft = RoadsVisit.draft(sender);
        sender.post(draft + "/place", Map.of("landmark", script));
        sender.post(draft + "/detail", Map.of("answer-size", "small", "detail", script));
        String mine = sender.post(draft + "/send", Map.of()).location();
        String id = id(sender, mine);
        Guest staff = staff("yamada");
        staff.post("/staff/roads/" + id + "/show", Map.of("shown", script));
        staff.post("/staff/roads/" + id + "/say", Map.of("text", script));
        for (String page : List.of(
                sender.get(mine).body(),
                staff.get("/staff/roads/" + id).body(),
                staff.get("/staff/roads").body(),
                new Guest(city).get("/roads/" + id).body())) {
            assertFalse(page.contains("<script>alert") || page.contains("<img src=x"), page);
        }
    }

    @Test
    void sqlInTheSearchFindsNothingAndBreaksNothing() {
        Guest staff = staff("yamada");
        for (String q : List.of("'", "';DROP TABLE roads_report;--", "%", "_", "!", "\\")) {
            assertEquals(200, staff.get("/staff/roads?q=" + q).status(), q);
        }
        assertTrue(staff.get("/staff/roads?q=%").body().contains("class=\"empty\""), "a sign is a sign");
    }

    @Test
    void staffMergeADuplicateAndUndoIt() {
        Guest staff = staff("yamada").speaking("ja");
        Guest sender = begun(new Guest(city));
        String id = id(sender, RoadsVisit.send(sender, RoadsVisit.draft(sender)));
        sender.post("/roads/" + id + "/follow", Map.of("mail", "taro@example.jp"));
        String keeps = staff.get("/staff/roads/" + id)
                .body()
                .replaceFirst("(?s).*name=\"keeps\" value=\"(\\d{4}-\\d{6})\".*", "$1");
        int before = supports(keeps);

        assertEquals(
                303,
                staff.post("/staff/roads/" + id + "/merge", Map.of("keeps", keeps))
                        .status());
        assertTrue(new Guest(city).get("/roads/" + id).body().contains("/roads/" + keeps));
        assertEquals(before + 1, supports(keeps));
        assertEquals(keeps, followed("taro@example.jp"));

        assertEquals(303, staff.post("/staff/roads/" + id + "/split", Map.of()).status());
        assertEquals(before, supports(keeps));
        assertEquals(id, followed("taro@example.jp"));
        assertEquals(
                409,
                staff.post("/staff/roads/" + id + "/merge", Map.of("keeps", id)).status());
        assertEquals(
                409,
                staff.post("/staff/roads/" + id + "/merge", Map.of("keeps", "2001-000001"))
                        .status());
    }

    @Test
    void theLifeOfAReportIsReadByEverybodyAsSteps() {
        Guest staff = staff("yamada");
        Guest sender = begun(new Guest(city));
        String id = id(sender, RoadsVisit.send(sender, RoadsVisit.draft(sender)));
        String at = "/staff/roads/" + id;
        assertEquals(303, staff.post(at + "/take", Map.of("version", "1")).status());
        assertEquals(409, staff.post(at + "/take", Map.of("version", "1")).status(), "somebody was faster");
        assertEquals(303, staff.post(at + "/say", Map.of("template", "planned")).status());
        assertEquals(
                303,
                staff.post(at + "/order", Map.of("to", "維持班", "until", "2017-01-10", "work", "穴をうめる"))
                        .status());
        assertEquals(
                303,
                staff.post(at + "/close", Map.of("reason", "fixed", "text", "直りました"))
                        .status());
        String page = new Guest(city).speaking("pt").get("/roads/" + id).body();
        for (String step :
                List.of("Recebido.", "O conserto está marcado.", "Serviço encomendado.", "Consertado", "直りました")) {
            assertTrue(page.contains(step), step);
        }
        assertFalse(page.contains("維持班"), "whom the city asked is its own matter");
        assertEquals(303, staff.post(at + "/reopen", Map.of()).status());
        assertEquals(400, staff.post(at + "/close", Map.of("reason", "because")).status());
    }

    @Test
    void staffOfAnotherDivisionAndResidentsDoNotEvenLearnThatItIsThere() {
        Guest sender = begun(new Guest(city));
        String id = id(sender, RoadsVisit.send(sender, RoadsVisit.draft(sender)));
        for (String act : List.of("take", "say", "show", "change", "order", "close", "merge", "split")) {
            Map<String, String> form = Map.of(
                    "reason",
                    "fixed",
                    "text",
                    "x",
                    "to",
                    "x",
                    "work",
                    "x",
                    "category",
                    "light",
                    "owner",
                    "city",
                    "keeps",
                    "2017-000001");
            Answer answer = staff("kato").post("/staff/roads/" + id + "/" + act, form);
            assertEquals(404, answer.status(), act);
        }
        assertEquals(404, staff("kato").get("/staff/roads/" + id).status());
        assertEquals(403, staff("hanako").get("/staff/roads/" + id).status());
    }

    @Test
    void aReportHandedOnIsReadByTheOldDivisionAndWrittenByTheNew() {
        Guest roads = staff("yamada");
        Guest sender = begun(new Guest(city));
        String id = id(sender, RoadsVisit.send(sender, RoadsVisit.draft(sender)));
        assertEquals(
                400,
                roads.post("/staff/roads/" + id + "/hand", Map.of("department", "nowhere"))
                        .status());
        assertEquals(
                303,
                roads.post("/staff/roads/" + id + "/hand", Map.of("department", "suido"))
                        .status());
        assertEquals(200, roads.get("/staff/roads/" + id).status());
        assertEquals(
                403,
                roads.post("/staff/roads/" + id + "/say", Map.of("text", "x")).status());
        Guest water = staff("suzuki");
        assertEquals(
                303,
                water.post("/staff/roads/" + id + "/say", Map.of("text", "見ます")).status());
    }

    @Test
    void aMailAddressIsAskedOnceConfirmedByAButtonAndForgottenWhenItsOwnerSaysSo() {
        Guest anybody = begun(new Guest(city).speaking("en"));
        String id = firstReport();
        assertEquals(
                400,
                anybody.post("/roads/" + id + "/follow", Map.of("mail", "a b@c"))
                        .status());
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "/roads/" + id + "?said=asked",
                    anybody.post("/roads/" + id + "/follow", Map.of("mail", "maria@example.jp"))
                            .location());
        }
        assertEquals(1, count("SELECT COUNT(*) FROM roads_follower WHERE mail = 'maria@example.jp'"));
        assertEquals(1, count("SELECT COUNT(*) FROM notices_message WHERE address = 'maria@example.jp'"));
        String link = "/roads/follow/" + RoadsVisit.token(city, "maria@example.jp");
        anybody.get(link);
        assertEquals(
                0,
                count("SELECT COUNT(*) FROM roads_follower WHERE confirmed AND mail = 'maria@example.jp'"),
                "to look is not to agree");
        assertEquals(200, anybody.post(link, Map.of("do", "confirm")).status());
        assertEquals(1, count("SELECT COUNT(*) FROM roads_follower WHERE confirmed AND mail = 'maria@example.jp'"));
        staff("yamada").post("/staff/roads/" + id + "/say", Map.of("template", "looking"));
        assertEquals(2, count("SELECT COUNT(*) FROM notices_message WHERE address = 'maria@example.jp'"));
        assertEquals(200, anybody.post(link, Map.of("do", "stop")).status());
        assertEquals(0, count("SELECT COUNT(*) FROM roads_follower WHERE mail = 'maria@example.jp'"));
        assertEquals(404, anybody.get(link).status());
    }

    @Test
    void moreThanTwentyReportsAnHourFromOneAddressAreTooMany() {
        Guest sender = begun(new Guest(city));
        int sent = 0;
        int status = 303;
        while (status == 303 && sent < 30) {
            String draft = RoadsVisit.draft(sender);
            sender.post(draft + "/detail", Map.of("answer-size", "small"));
            status = sender.post(draft + "/send", Map.of()).status();
            sent++;
        }
        assertEquals(429, status);
        assertEquals(21, sent);
    }

    @Test
    void theMeasureIsCountedFromTheEventLog() {
        Guest staff = staff("yamada").speaking("ja");
        long before = month(staff);
        Guest sender = begun(new Guest(city));
        RoadsVisit.send(sender, RoadsVisit.draft(sender));
        assertEquals(before + 1, month(staff));
    }

    @Test
    void theTableForASpreadsheetHoldsNoFormula() {
        Guest sender = begun(new Guest(city));
        String draft = RoadsVisit.draft(sender);
        sender.post(
                draft + "/place",
                Map.of(
                        "longitude",
                        RoadsVisit.LONGITUDE,
                        "latitude",
                        RoadsVisit.LATITUDE,
                        "landmark",
                        "=HYPERLINK(\"http://x\")"));
        RoadsVisit.send(sender, draft);
        String csv = staff("yamada").get("/staff/roads.csv").body();
        assertTrue(csv.contains("\"'=HYPERLINK"), csv);
    }

    /** Signed in, with a page before them: its token goes with the forms. */
    private static Guest staff(String name) {
        Guest guest = Guest.signedIn(city, name);
        guest.get("/");
        return guest;
    }

    private static Guest begun(Guest guest) {
        guest.get("/roads/new");
        return guest;
    }

    private String sent(String longitude, String latitude, String category) {
        Guest sender = begun(new Guest(city));
        String draft = RoadsVisit.draft(sender);
        sender.post(draft + "/place", Map.of("longitude", longitude, "latitude", latitude));
        sender.post(draft + "/category", Map.of("category", category));
        sender.post(draft + "/detail", Map.of("answer-size", "small", "answer-flow", "flow"));
        return id(sender, sender.post(draft + "/send", Map.of()).location());
    }

    private String owner(String longitude, String latitude, String category) {
        String id = sent(longitude, latitude, category);
        return city.database()
                .inTransaction(tx -> tx.createQuery("SELECT owner FROM roads_report WHERE id = :id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .one());
    }

    private int staffStatus(String name, String longitude, String latitude, String category) {
        return staff(name)
                .get("/staff/roads/" + sent(longitude, latitude, category))
                .status();
    }

    private static String id(Guest sender, String mine) {
        return sender.get(mine).body().replaceFirst("(?s).*href=\"/roads/(\\d{4}-\\d{6})\".*", "$1");
    }

    private String firstReport() {
        return new Guest(city).get("/roads").body().replaceFirst("(?s).*?href=\"/roads/(\\d{4}-\\d{6})\".*", "$1");
    }

    private int supports(String id) {
        return city.database()
                .inTransaction(tx -> tx.createQuery("SELECT support_count FROM roads_report WHERE id = :id")
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one());
    }

    private String followed(String mail) {
        return city.database()
                .inTransaction(tx -> tx.createQuery("SELECT report FROM roads_follower WHERE mail = :mail")
                        .bind("mail", mail)
                        .mapTo(String.class)
                        .one());
    }

    private long count(String query) {
        return city.database()
                .inTransaction(tx -> tx.createQuery(query).mapTo(Long.class).one());
    }

    private static long month(Guest staff) {
        return Long.parseLong(
                staff.get("/staff/roads").body().replaceFirst("(?s).*2017年1月</th><td class=\"n\">(\\d+)</td>.*", "$1"));
    }

    @Test
    void theOwnerOfARoadIsToldAfterALookAndAnswersOnAPageOfTheirOwn() {
        Guest mori = Guest.signedIn(city, "mori");
        mori.get("/staff/roads");
        String table = mori.get("/api/v1/rules/road-owner-contact.csv").body();
        String known = table.replace("national,-,-", "national,国道の事務所,roads@example.jp");
        assertEquals(
                303,
                mori.post("/staff/rules/road-owner-contact/edit", Map.of("from", "2017-01-05", "text", known))
                        .status());
        Guest sender = new Guest(city);
        sender.get("/roads/new");
        String mine = RoadsVisit.send(sender, RoadsVisit.draft(sender));
        String id = sender.get(mine).body().replaceFirst("(?s).*?(\\d{4}-\\d{6}).*", "$1");
        String staff = "/staff/roads/" + id;
        assertEquals(404, mori.get(staff + "/owner").status(), "the city's own road");
        mori.post(staff + "/change", Map.of("category", "pothole", "owner", "national"));
        String preview = mori.get(staff + "/owner").body();
        assertTrue(preview.contains("roads@example.jp") && preview.contains("国道の事務所"));
        assertTrue(preview.contains(id) && preview.contains("角の家の前"));
        assertFalse(preview.contains("自転車で転びそうになった"), "what its sender wrote is not passed on by itself");
        assertEquals(0, count("SELECT COUNT(*) FROM notices_message WHERE address = 'roads@example.jp'"));
        assertEquals(
                400,
                mori.post(staff + "/owner", Map.of("do", "mail", "facts", " ")).status());
        assertEquals(
                303,
                mori.post(staff + "/owner", Map.of("do", "mail", "facts", "穴があります。"))
                        .status());
        assertEquals(1, count("SELECT COUNT(*) FROM notices_message WHERE address = 'roads@example.jp'"));
        String told = mori.get(staff).body().replaceFirst("(?s).*href=\"(/roads/owner/[^\"]+)\".*", "$1");
        Guest owner = new Guest(city);
        assertTrue(owner.get(told).body().contains("穴があります。"));
        assertEquals(
                "no-referrer",
                owner.get(told)
                        .headers()
                        .first(HeaderNames.create("Referrer-Policy"))
                        .orElse(""));
        assertEquals(404, owner.get("/roads/owner/" + "x".repeat(43)).status());
        assertEquals(404, owner.get(told + "/photo").status(), "none was chosen");
        assertEquals(400, owner.post(told, Map.of("answer", "perhaps")).status());
        assertEquals(
                303,
                owner.post(told, Map.of("answer", "planned", "text", "来週、担当 田中が直します。"))
                        .status());
        String everybody = new Guest(city).get("/roads/" + id).body();
        assertTrue(everybody.contains("管理者の返事") && everybody.contains("修繕を予定している"));
        assertFalse(everybody.contains("田中"), "the owner's own words are for staff");
        assertTrue(mori.get(staff).body().contains("来週、担当 田中が直します。"));
        assertEquals(
                303,
                mori.post(staff + "/owner/answer", Map.of("answer", "done", "text", "電話で"))
                        .status());
        assertTrue(new Guest(city).get("/roads/" + id).body().contains("対応が終わった"));
        Guest ono = Guest.signedIn(city, "ono");
        ono.get("/staff/roads");
        assertEquals(404, ono.get(staff + "/owner").status());
        assertEquals(
                404,
                ono.post(staff + "/owner", Map.of("do", "hand", "facts", "x")).status());
    }

    @Test
    void anInspectorsPhotoStandsBeforeOrAfterTheWork() {
        Guest yamada = Guest.signedIn(city, "yamada");
        yamada.get("/staff/roads");
        String list = yamada.get("/staff/roads/inspect.json").body();
        String id = list.replaceFirst("(?s).*?\"id\":\"([0-9-]+)\".*", "$1");
        String version = list.replaceFirst("(?s).*?\"version\":(\\d+).*", "$1");
        for (String when : List.of("before", "after")) {
            Map<String, List<String>> note = Map.of(
                    "key", List.of("photo-" + when),
                    "id", List.of(id),
                    "version", List.of(version),
                    "text", List.of(""),
                    "template", List.of(""),
                    "field", List.of(when));
            Answer kept = yamada.post("/staff/roads/inspect", note, Map.of("photo", GeoPhoto.jpeg(34.7, 137.5)));
            assertEquals(200, kept.status(), kept.body());
            assertEquals(
                    1,
                    count("SELECT COUNT(*) FROM cases_file WHERE about = 'case:" + id + "' AND field = '" + when
                            + "'"));
        }
    }
}
