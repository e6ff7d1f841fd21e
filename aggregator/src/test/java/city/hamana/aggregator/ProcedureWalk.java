package city.hamana.aggregator;

import city.hamana.aggregator.Guest.Answer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Walks through a procedure without a socket: what a resident types, and what the office does. */
final class ProcedureWalk {
    private ProcedureWalk() {}

    /** Where the pages of procedures and cases are visited by hanako and suzuki: a draft each, one returned, one decided. */
    static Map<String, String> places(City city) {
        Guest hanako = Guest.signedIn(city, "hanako");
        Guest suzuki = Guest.signedIn(city, "suzuki");
        suzuki.get("/staff/cases");
        String draft = begun(hanako, "water-start-stop");
        String returned = sent(hanako);
        act(suzuki, returned, Map.of("act", "return", "fields", "customer", "note", "x"));
        String decided = sent(hanako);
        act(suzuki, decided, Map.of("act", "take"));
        act(suzuki, decided, Map.of("act", "propose", "outcome", "refuse", "reason", "0"));
        act(suzuki, decided, Map.of("act", "decide"));
        String document = hanako.get("/cases/" + decided)
                .body()
                .replaceFirst("(?s).*href=\"/cases/[^\"]+/documents/([^\"]+)\".*", "$1");
        String counter = suzuki.post(
                        "/staff/procedures/water-start-stop/start",
                        Map.of("party", TestCity.party(city, "jiro"), "document", "known"))
                .location()
                .replaceFirst("/what$", "");
        Map<String, String> places = new LinkedHashMap<>();
        for (String staff : new String[] {"", "/staff"}) {
            String form = staff.isEmpty() ? draft : counter;
            places.put(staff + "/forms/{draft}/confirm", form + "/confirm");
            places.put(staff + "/forms/{draft}/discard", form + "/discard");
            places.put(staff + "/forms/{draft}/{page}", form + "/what");
            places.put(staff + "/cases/{id}", staff + "/cases/" + (staff.isEmpty() ? returned : decided));
            places.put(staff + "/cases/{id}/print.pdf", staff + "/cases/" + decided + "/print.pdf");
            places.put(
                    staff + "/cases/{id}/documents/{number}", staff + "/cases/" + decided + "/documents/" + document);
        }
        places.put("/cases/{id}/withdraw", "/cases/" + returned + "/withdraw");
        places.put("/cases/{id}/correct", "/cases/" + returned + "/correct");
        places.put("/procedures/{code}", "/procedures/bereavement-desk");
        places.put("/procedures/{code}/form.pdf", "/procedures/dx-grant/form.pdf");
        places.put("/staff/procedures/{code}", "/staff/procedures/water-start-stop");
        places.put("/api/v1/procedures/{code}", "/api/v1/procedures/disaster-certificate");
        return places;
    }

    /** A notice to stop the water, sent; gives the case's number. */
    static String sent(Guest resident) {
        String draft = begun(resident, "water-start-stop");
        next(resident, draft, "what", what());
        return finished(resident, draft);
    }

    /** Address of a new draft. */
    static String begun(Guest resident, String code) {
        String page = resident.get("/procedures/" + code).body();
        String party = page.contains("name=\"applicant\" value=")
                ? page.replaceFirst("(?s).*name=\"applicant\" value=\"(\\d+)\".*", "$1")
                : page.replaceFirst("(?s).*?<option value=\"(\\d+)\".*", "$1");
        Answer started = resident.post("/procedures/" + code + "/start", Map.of("applicant", party));
        return location(started).replaceFirst("/[^/]+$", "");
    }

    /** Answers of the first page. */
    static Map<String, String> what() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("kind", "stop");
        fields.put("place-town", "9028000");
        fields.put("place-rest", "1番地");
        return fields;
    }

    /** Fills in the pages after the first, and sends; gives the case's number. */
    static String finished(Guest guest, String draft) {
        next(guest, draft, "day-page", Map.of("day", "平成29年1月10日", "present", "no"));
        next(guest, draft, "bill", Map.of("bill-address-town", "outside", "bill-address-rest", "東京都"));
        next(guest, draft, "who", Map.of("name", "湖西 花子", "phone", "053-000-0001"));
        return location(guest.post(draft + "/send", Map.of())).replaceFirst(".*/cases/(\\d{4}-\\d{6}).*", "$1");
    }

    static void next(Guest guest, String draft, String page, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("action", "next");
        location(guest.post(draft + "/" + page, all));
    }

    static void act(Guest staff, String id, Map<String, String> fields) {
        String page = staff.get("/staff/cases/" + id).body();
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("version", page.replaceFirst("(?s).*name=\"version\" value=\"(\\d+)\".*", "$1"));
        location(staff.post("/staff/cases/" + id + "/act", all));
    }

    private static String location(Answer answer) {
        if (answer.status() != 303) {
            throw new AssertionError(answer.status() + ": " + answer.body());
        }
        return answer.location();
    }
}
