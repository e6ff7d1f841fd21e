package city.hamana.capability.people;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Everything this module holds about a party; secrets, which are kept as hashes, are not among it. */
final class PersonalFacts {
    private final Parties parties;
    private final Mandates mandates;
    private final Consents consents;
    private final Readings readings;
    private final Accounts accounts;

    PersonalFacts(Parties parties, Mandates mandates, Consents consents, Readings readings, Accounts accounts) {
        this.parties = parties;
        this.mandates = mandates;
        this.consents = consents;
        this.readings = readings;
        this.accounts = accounts;
    }

    Map<String, Object> of(Handle tx, String id) {
        Map<String, Object> all = new LinkedHashMap<>();
        parties.entry(tx, id).ifPresent(party -> all.put("facts", facts(party)));
        accounts.account(tx, Parties.number(id)).ifPresent(account -> all.put("sign-in", account.name()));
        put(
                all,
                "may-act",
                mandates.of(tx, id).stream().map(PersonalFacts::mandate).toList());
        put(
                all,
                "consents",
                consents.history(tx, id).stream().map(PersonalFacts::consent).toList());
        put(
                all,
                "read-by-staff",
                readings.of(tx, id).stream().map(PersonalFacts::reading).toList());
        List<String> meters = tx.createQuery("SELECT meter FROM people_meter WHERE user_id = ? ORDER BY meter")
                .bind(0, Parties.number(id))
                .mapTo(String.class)
                .list();
        if (!meters.isEmpty()) {
            all.put("meters", meters);
        }
        return all;
    }

    private static void put(Map<String, Object> all, String name, List<Map<String, Object>> rows) {
        if (!rows.isEmpty()) {
            all.put(name, rows);
        }
    }

    private static Map<String, Object> facts(Party party) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", party.id());
        facts.put("name", party.names().written());
        facts.put("kana", party.names().kana());
        facts.put("latin", party.names().latin());
        facts.put("born", party.born().map(LocalDate::toString).orElse(""));
        facts.put("town-id", party.address().map(Address::townId).orElse(""));
        facts.put("address", party.address().map(Address::line).orElse(""));
        facts.put("phone", party.phone());
        facts.put("mail", party.mail());
        facts.put("language", party.language().code());
        return facts;
    }

    private static Map<String, Object> mandate(Mandate mandate) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("kind", mandate.kind().code());
        row.put("for", mandate.principal());
        row.put("by", mandate.agent());
        row.put("from", mandate.from().toString());
        row.put("until", text(mandate.until()));
        row.put("ended", text(mandate.ended()));
        row.put("evidence", (mandate.evidence() + " " + mandate.note()).strip());
        return row;
    }

    private static Map<String, Object> consent(Consent consent) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("purpose", consent.purpose());
        row.put("given", consent.given().toString());
        row.put("until", consent.until().toString());
        row.put("withdrawn", text(consent.withdrawn()));
        return row;
    }

    private static Map<String, Object> reading(Reading reading) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("at", reading.at().toString());
        row.put("division", reading.department());
        row.put("purpose", reading.purpose());
        row.put("reference", reading.reference());
        return row;
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }
}
