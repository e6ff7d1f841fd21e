package city.hamana.service.procedures;

import city.hamana.capability.cases.Cases;
import city.hamana.capability.documents.Documents;
import city.hamana.capability.forms.Forms;
import city.hamana.capability.forms.Today;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.html.Page;
import city.hamana.platform.http.Reply;
import city.hamana.platform.text.Language;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What all pages of the procedures work with. */
record Desk(
        Database database,
        Events events,
        Html html,
        People people,
        Cases cases,
        Forms forms,
        Documents documents,
        Catalogue catalogue,
        Reckoning reckoning,
        Letters letters,
        Drafts drafts,
        Filings filings,
        Clock clock) {
    private static final String HERE = "city/hamana/service/procedures/";

    Reply page(String template, Page page, Object it) {
        return Reply.html(html.render(HERE + template, page, it));
    }

    Today today() {
        return new Today(LocalDate.now(clock), cases::open);
    }

    /** Names of the departments by code. */
    Map<String, String> departments(Language language) {
        Map<String, String> names = new LinkedHashMap<>();
        people.departments().forEach(department -> names.put(department.code(), department.name(language)));
        return names;
    }

    /** How the applicant is called; empty when it is not known. */
    String name(Handle tx, String party) {
        return people.party(tx, party)
                .map(Party::names)
                .map(names -> names.written())
                .orElse("");
    }
}
