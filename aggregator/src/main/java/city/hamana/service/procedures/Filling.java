package city.hamana.service.procedures;

import city.hamana.capability.cases.Attached;
import city.hamana.capability.cases.Checked;
import city.hamana.capability.forms.Answers;
import city.hamana.capability.forms.Field;
import city.hamana.capability.forms.Form;
import city.hamana.capability.forms.FormPage;
import city.hamana.capability.forms.Forms;
import city.hamana.platform.access.Proof;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Upload;
import city.hamana.platform.text.Language;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Filling in a form, by a resident or by staff at the counter. A draft is its writer's alone. */
final class Filling {
    static final int LONGEST_BYTES = 40 << 20;

    private final Desk desk;
    private final Sending sending;

    Filling(Desk desk, Sending sending) {
        this.desk = desk;
        this.sending = sending;
    }

    /** What a draft is made of at the moment. */
    private record Open(Draft draft, Procedure procedure, Form form, Answers answers, List<Attached> files) {
        int position(String page) {
            List<FormPage> pages = form.pages(answers);
            for (int i = 0; i < pages.size(); i++) {
                if (pages.get(i).id().equals(page)) {
                    return i;
                }
            }
            return -1;
        }
    }

    Reply show(Call call) {
        return open(call).map(open -> shown(call, open, List.of())).orElseGet(Reply::notFound);
    }

    Reply save(Call call) {
        Optional<Open> before = open(call);
        if (before.isEmpty() || before.get().position(call.part("page")) < 0) {
            return Reply.notFound();
        }
        FormPage part = part(before.get(), call.part("page"));
        String action = call.field("action");
        List<FieldError> refused = keepFiles(call, before.get(), part, action);
        Answers answers = desk.forms().taken(before.get().answers(), part, call.form());
        saved(call, before.get(), answers);
        Open after = open(call).orElseThrow();
        if (action.equals("later")) {
            return Reply.seeOther(base(call).startsWith("/staff") ? "/staff/procedures?saved=1" : "/cases?saved=1");
        }
        if (Forms.changesRows(action)) {
            String group = action.substring(action.indexOf(' ') + 1).split("\\.")[0];
            String to = call.query("to").isPresent() ? "?to=confirm" : "";
            return Reply.seeOther(base(call) + "/" + before.get().draft().id() + "/" + part.id() + to + "#" + group);
        }
        if (!refused.isEmpty() || !action.equals("next")) {
            return shown(call, after, refused).withStatus(refused.isEmpty() ? 200 : 400);
        }
        List<FieldError> errors = errors(call, after, part);
        return errors.isEmpty()
                ? Reply.seeOther(next(call, after, part))
                : shown(call, after, errors).withStatus(400);
    }

    Reply confirm(Call call) {
        return open(call).map(open -> confirmed(call, open)).orElseGet(Reply::notFound);
    }

    Reply send(Call call) {
        Optional<Open> open = open(call);
        if (open.isEmpty()) {
            return Reply.notFound();
        }
        if (!unfinished(call, open.get()).isEmpty()) {
            return confirmed(call, open.get()).withStatus(400);
        }
        Open o = open.get();
        String json = desk.forms().json(o.procedure().form(), o.answers());
        return desk.database()
                .inTransaction(tx -> sending.send(tx, call.person(), o.draft(), o.procedure(), o.answers(), json))
                .map(id -> Reply.seeOther(
                        base(call).startsWith("/staff") ? "/staff/cases/" + id : "/cases/" + id + "?sent=1"))
                .orElseGet(Reply::notFound);
    }

    Reply askDiscard(Call call) {
        return open(call)
                .map(open -> desk.page(
                        "discard",
                        call.page(),
                        view(call, open, open.form().pages().getFirst(), List.of())))
                .orElseGet(Reply::notFound);
    }

    Reply discard(Call call) {
        Optional<Open> open = open(call);
        open.ifPresent(o -> desk.database().inTransaction(tx -> {
            o.files().forEach(file -> desk.cases().detach(tx, o.draft().subject(), file.id()));
            return desk.drafts().remove(tx, o.draft().id());
        }));
        return open.map(o -> Reply.seeOther(base(call).startsWith("/staff") ? "/staff/procedures" : "/cases"))
                .orElseGet(Reply::notFound);
    }

    /** A picture in a draft, for its writer. */
    Reply file(Call call) {
        return open(call)
                .flatMap(open -> desk.database()
                        .inTransaction(
                                tx -> desk.cases().content(tx, open.draft().subject(), call.part("file"))))
                .orElseGet(Reply::notFound);
    }

    private Optional<Open> open(Call call) {
        return desk.database()
                .inTransaction(tx -> desk.drafts()
                        .find(tx, call.part("draft"), call.caller().actor())
                        .flatMap(draft ->
                                desk.catalogue().find(draft.procedure()).map(p -> opened(tx, call, draft, p))));
    }

    private Open opened(Handle tx, Call call, Draft draft, Procedure procedure) {
        List<Attached> files = desk.cases().attached(tx, draft.subject());
        Form form = asked(procedure, draft, call.person());
        Answers answers = desk.forms().typed(draft.answers());
        for (Field field : form.fields()) {
            if (field.type() == Field.Type.FILE) {
                answers = answers.with(
                        field.id(),
                        files.stream()
                                .filter(file -> file.field().equals(field.id()))
                                .map(Attached::id)
                                .toList());
            }
        }
        return new Open(draft, procedure, form, answers, files);
    }

    /** Who is not known by the session shows a document, unless counter staff have seen one. */
    private static Form asked(Procedure procedure, Draft draft, Caller.Person person) {
        boolean known = draft.atCounter() || person.proof().atLeast(Proof.IDENTITY);
        if (!procedure.identity() || known) {
            return procedure.form();
        }
        List<FormPage> pages = new ArrayList<>(procedure.form().pages());
        pages.add(IdentityPage.PAGE);
        return new Form(pages);
    }

    private List<FieldError> keepFiles(Call call, Open open, FormPage part, String action) {
        if (action.startsWith("remove ")) {
            desk.database()
                    .inTransaction(tx -> desk.cases().detach(tx, open.draft().subject(), action.substring(7)));
        }
        List<FieldError> refused = new ArrayList<>();
        for (Field field : part.fields()) {
            if (field.type() == Field.Type.FILE) {
                call.form().uploads(field.id()).forEach(upload -> keep(call, open, field, upload, refused));
            }
        }
        return refused;
    }

    private void keep(Call call, Open open, Field field, Upload upload, List<FieldError> refused) {
        switch (desk.cases().check(upload)) {
            case Checked.Refused(var words, var arguments) -> refused.add(new FieldError(field.id(), words, arguments));
            case Checked.Clean clean -> {
                Optional<Attached> kept = desk.database()
                        .inTransaction(tx -> desk.cases()
                                .attach(tx, call.caller(), open.draft().subject(), field.id(), clean));
                if (kept.isEmpty()) {
                    refused.add(FieldError.of(field.id(), "cases.file.too-many"));
                }
            }
        }
    }

    private void saved(Call call, Open open, Answers answers) {
        String json = desk.forms().typed(answers);
        Instant now = call.now();
        desk.database().inTransaction(tx -> {
            desk.drafts().save(tx, open.draft(), json, open.draft().done(), now);
            return 0;
        });
    }

    private List<FieldError> errors(Call call, Open open, FormPage part) {
        return desk.forms()
                .errors(
                        open.form(),
                        part,
                        open.answers(),
                        desk.today(),
                        call.page().language());
    }

    /** The pages with something missing. */
    private Map<String, List<FieldError>> unfinished(Call call, Open open) {
        Map<String, List<FieldError>> all = new LinkedHashMap<>();
        for (FormPage part : open.form().pages(open.answers())) {
            List<FieldError> errors = errors(call, open, part);
            if (!errors.isEmpty()) {
                all.put(part.id(), errors);
            }
        }
        return all;
    }

    private Reply shown(Call call, Open open, List<FieldError> errors) {
        int position = open.position(call.part("page"));
        return position < 0
                ? Reply.notFound()
                : desk.page("fill", call.page(), view(call, open, part(open, call.part("page")), errors));
    }

    private FillView view(Call call, Open open, FormPage part, List<FieldError> errors) {
        List<FormPage> pages = open.form().pages(open.answers());
        int position = pages.indexOf(part);
        String base = base(call) + "/" + open.draft().id();
        return new FillView(
                open.procedure(),
                part,
                open.answers(),
                errors,
                desk.forms().towns(call.page().language()),
                open.files(),
                base,
                position <= 0 ? "" : base + "/" + pages.get(position - 1).id(),
                part.equals(IdentityPage.PAGE) && desk.people().provesIdentities()
                        ? "/sign-in/prove?to=" + base + "/confirm"
                        : "",
                call.query("to").isPresent(),
                position + 1,
                pages.size(),
                desk.forms()
                        .checks(open.form(), part, open.answers(), call.page().language()));
    }

    private String next(Call call, Open open, FormPage part) {
        List<FormPage> pages = open.form().pages(open.answers());
        int next = pages.indexOf(part) + 1;
        String base = base(call) + "/" + open.draft().id();
        return next < pages.size() && call.query("to").isEmpty()
                ? base + "/" + pages.get(next).id()
                : base + "/confirm";
    }

    private Reply confirmed(Call call, Open open) {
        Language language = call.page().language();
        Map<String, List<FieldError>> unfinished = unfinished(call, open);
        ConfirmView view = desk.database()
                .inTransaction(tx -> new ConfirmView(
                        open.procedure(),
                        desk.forms().lines(open.form(), open.answers(), call.page()),
                        open.files(),
                        unfinished,
                        unfinished.isEmpty()
                                ? Optional.of(desk.reckoning()
                                        .of(
                                                tx,
                                                open.procedure(),
                                                open.answers(),
                                                desk.today().day()))
                                : Optional.empty(),
                        Guides.of(open.procedure(), open.answers()),
                        desk.departments(language),
                        desk.name(tx, open.draft().applicant()),
                        base(call) + "/" + open.draft().id()));
        return desk.page("confirm", call.page(), view);
    }

    private static FormPage part(Open open, String id) {
        return open.form().pages().stream()
                .filter(page -> page.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String base(Call call) {
        return call.route().path().startsWith("/staff/") ? "/staff/forms" : "/forms";
    }
}
