package city.hamana.service.procedures;

import city.hamana.capability.people.Names;
import city.hamana.capability.people.NewParty;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.Purpose;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.text.Era;
import city.hamana.platform.text.Language;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The counter: staff find or register who stands before them, say which document they saw, and fill in the same form. */
final class CounterPages {
    static final List<String> DOCUMENTS =
            List.of("my-number-card", "driving-licence", "residence-card", "passport", "two-others", "known");

    private static final Purpose PURPOSE = new Purpose("procedures.counter", "");

    private final Desk desk;

    CounterPages(Desk desk) {
        this.desk = desk;
    }

    Reply list(Call call) {
        return desk.database().inTransaction(tx -> {
            List<Begun> drafts = desk.drafts().of(tx, call.caller().actor()).stream()
                    .flatMap(draft -> desk.catalogue().find(draft.procedure()).stream()
                            .map(p -> new Begun(
                                    draft,
                                    p,
                                    desk.name(tx, draft.applicant()),
                                    "/staff/forms/" + draft.id() + "/confirm")))
                    .toList();
            CounterView view = new CounterView(
                    desk.catalogue().all(), drafts, call.query("saved").isPresent(), call.now());
            return desk.page("counter", call.page(), view);
        });
    }

    Reply person(Call call) {
        return desk.catalogue()
                .find(call.part("code"))
                .map(p -> desk.page(
                        "person", call.page(), view(call, p, call.query("q").orElse(""), "", List.of())))
                .orElseGet(Reply::notFound);
    }

    Reply register(Call call) {
        Optional<Procedure> procedure = desk.catalogue().find(call.part("code"));
        if (procedure.isEmpty()) {
            return Reply.notFound();
        }
        List<FieldError> errors = errors(call);
        if (!errors.isEmpty()) {
            return desk.page("person", call.page(), view(call, procedure.get(), "", "", errors))
                    .withStatus(400);
        }
        NewParty party = new NewParty(
                procedure.get().business() ? Party.Kind.BUSINESS : Party.Kind.PERSON,
                new Names(call.field("name"), call.field("kana"), ""),
                Era.read(call.field("born")),
                Optional.empty(),
                "",
                "",
                Language.JA);
        String id = desk.database().inTransaction(tx -> desk.people().add(tx, call.person(), party));
        return desk.page("person", call.page(), view(call, procedure.get(), "", id, List.of()));
    }

    Reply start(Call call) {
        Optional<Procedure> procedure = desk.catalogue().find(call.part("code"));
        String seen = call.field("document");
        if (procedure.isEmpty()) {
            return Reply.notFound();
        }
        if (!DOCUMENTS.contains(seen)) {
            List<FieldError> errors = List.of(FieldError.of("document", "procedures.wrong.document"));
            return desk.page("person", call.page(), view(call, procedure.get(), "", call.field("party"), errors))
                    .withStatus(400);
        }
        Instant now = call.now();
        Procedure p = procedure.get();
        return desk.database()
                .inTransaction(tx -> desk.people()
                        .party(tx, call.field("party"))
                        .filter(party -> CataloguePages.suits(p, party))
                        .map(party -> desk.drafts()
                                .add(
                                        tx,
                                        p.code(),
                                        call.caller().actor(),
                                        party.id(),
                                        seen,
                                        desk.forms().typed(desk.forms().prefilled(p.form(), party)),
                                        now)))
                .map(draft -> Reply.seeOther("/staff/forms/" + draft.id() + "/"
                        + p.form().pages().getFirst().id()))
                .orElseGet(Reply::notFound);
    }

    private static List<FieldError> errors(Call call) {
        List<FieldError> errors = new ArrayList<>();
        for (String field : List.of("name", "kana")) {
            Names.complaint(call.field(field)).ifPresent(words -> errors.add(FieldError.of(field, words)));
        }
        if (call.field("name").isBlank()) {
            errors.add(FieldError.of("name", "procedures.wrong.name"));
        }
        Optional<LocalDate> born = Era.read(call.field("born"));
        if (!call.field("born").isEmpty() && born.isEmpty()) {
            errors.add(FieldError.of("born", "procedures.wrong.born"));
        }
        return errors;
    }

    private PersonView view(Call call, Procedure procedure, String text, String chosen, List<FieldError> errors) {
        List<Party> found = desk.database().inTransaction(tx -> {
            List<Party> all = new ArrayList<>();
            desk.people().party(tx, chosen).ifPresent(all::add);
            if (!text.isBlank()) {
                all.addAll(desk.people().search(tx, call.person(), text, PURPOSE));
            }
            return all.stream()
                    .filter(party -> CataloguePages.suits(procedure, party))
                    .toList();
        });
        return new PersonView(
                procedure,
                text,
                found,
                chosen,
                DOCUMENTS,
                errors,
                call.field("name"),
                call.field("kana"),
                call.field("born"));
    }
}
