package city.hamana.service.procedures;

import city.hamana.capability.people.Party;
import city.hamana.platform.access.Role;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The catalogue: every procedure, found by words, by what happens in life, or by questions. */
final class CataloguePages {
    private final Desk desk;

    CataloguePages(Desk desk) {
        this.desk = desk;
    }

    Reply list(Call call) {
        String text = call.query("q").orElse("");
        String event =
                call.query("event").filter(ProcedureFile.EVENTS::contains).orElse("");
        Catalogue catalogue = desk.catalogue();
        ListView view = new ListView(
                catalogue.search(text, event),
                ProcedureFile.EVENTS,
                event,
                text,
                catalogue.all().size());
        return desk.page("list", call.page(), view);
    }

    Reply one(Call call) {
        return desk.catalogue().find(call.part("code")).map(p -> shown(call, p)).orElseGet(Reply::notFound);
    }

    Reply blank(Call call) {
        return desk.catalogue()
                .find(call.part("code"))
                .map(p -> Reply.bytes("application/pdf", desk.letters().blank(p, call.page()))
                        .download(p.code() + ".pdf"))
                .orElseGet(Reply::notFound);
    }

    /** Begins a draft for who is chosen, and goes to its first page. */
    Reply start(Call call) {
        Optional<Procedure> procedure = desk.catalogue().find(call.part("code")).filter(Procedure::online);
        Caller.Person person = call.person();
        Instant now = call.now();
        return procedure
                .flatMap(p -> desk.database()
                        .inTransaction(tx -> desk.people().principals(tx, person).stream()
                                .filter(party -> suits(p, party) && party.id().equals(call.field("applicant")))
                                .findFirst()
                                .map(party -> desk.drafts()
                                        .add(
                                                tx,
                                                p.code(),
                                                person.actor(),
                                                party.id(),
                                                "",
                                                desk.forms().typed(desk.forms().prefilled(p.form(), party)),
                                                now))
                                .map(draft -> "/forms/" + draft.id() + "/"
                                        + p.form().pages().getFirst().id())))
                .map(Reply::seeOther)
                .orElseGet(() -> Reply.problem(403, "You may not apply for this party."));
    }

    static boolean suits(Procedure procedure, Party party) {
        return procedure.business() == (party.kind() == Party.Kind.BUSINESS);
    }

    private Reply shown(Call call, Procedure procedure) {
        boolean resident = call.page().may(Role.RESIDENT);
        LocalDate today = desk.today().day();
        OneView view = desk.database().inTransaction(tx -> {
            List<Party> principals = resident
                    ? desk.people().principals(tx, call.person()).stream()
                            .filter(party -> suits(procedure, party))
                            .toList()
                    : List.of();
            long spent = procedure.budget() == 0 ? 0 : desk.filings().granted(tx, procedure.code(), yearsBegin(today));
            return new OneView(
                    procedure,
                    desk.departments(call.page().language()).getOrDefault(procedure.department(), ""),
                    desk.people().departments().stream()
                            .filter(d -> d.code().equals(procedure.department()))
                            .map(d -> d.phone())
                            .findFirst()
                            .orElse(""),
                    principals,
                    procedure.budget() == 0 ? -1 : Math.max(0, procedure.budget() - spent),
                    desk.cases().lastDay(today, procedure.days()),
                    resident && principals.isEmpty());
        });
        return desk.page("one", call.page(), view);
    }

    private Instant yearsBegin(LocalDate today) {
        ZoneId zone = desk.clock().getZone();
        int year = today.getMonthValue() >= 4 ? today.getYear() : today.getYear() - 1;
        return LocalDate.of(year, 4, 1).atStartOfDay(zone).toInstant();
    }
}
