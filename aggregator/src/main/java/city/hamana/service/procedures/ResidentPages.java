package city.hamana.service.procedures;

import city.hamana.capability.cases.Act;
import city.hamana.capability.cases.Attached;
import city.hamana.capability.cases.Audience;
import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Checked;
import city.hamana.capability.cases.Kind;
import city.hamana.capability.cases.Move;
import city.hamana.capability.cases.Moved;
import city.hamana.capability.forms.Answers;
import city.hamana.capability.forms.Field;
import city.hamana.capability.forms.Form;
import city.hamana.capability.forms.FormPage;
import city.hamana.capability.forms.Forms;
import city.hamana.capability.people.Party;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A resident's cases: where each stands, what is asked, what was decided. */
final class ResidentPages {
    private static final int MOST_LETTERS = 2_000;

    private final Desk desk;
    private final CaseViews views;

    ResidentPages(Desk desk, CaseViews views) {
        this.desk = desk;
        this.views = views;
    }

    Reply list(Call call) {
        return desk.database().inTransaction(tx -> {
            List<Mine> mine = new ArrayList<>();
            for (Party party : desk.people().principals(tx, call.person())) {
                desk.cases().of(tx, party.id()).forEach(file -> mine.add(mine(call, file, party)));
            }
            mine.sort((a, b) -> b.file().changed().compareTo(a.file().changed()));
            List<Begun> drafts = desk.drafts().of(tx, call.caller().actor()).stream()
                    .flatMap(draft -> desk.catalogue().find(draft.procedure()).stream()
                            .map(p -> new Begun(
                                    draft, p, desk.name(tx, draft.applicant()), "/forms/" + draft.id() + "/confirm")))
                    .toList();
            MineView view = new MineView(mine, drafts, call.query("saved").isPresent(), call.now());
            return desk.page("mine", call.page(), view);
        });
    }

    private Mine mine(Call call, CaseFile file, Party party) {
        Kind kind = desk.cases().kind(file.kind());
        String title = desk.catalogue()
                .find(file.kind())
                .map(p -> call.page().plain(p.title()))
                .orElseGet(file::title);
        return new Mine(file, title, party.names().written(), kind.residentPage() + file.id());
    }

    Reply one(Call call) {
        String id = call.part("id");
        return view(call)
                .map(view -> desk.page(
                        "case",
                        call.page(),
                        view.with(List.of(), call.query("sent").isPresent() ? "sent" : "")))
                .orElseGet(() -> elsewhere(call, id));
    }

    Reply say(Call call) {
        String text = call.field("text");
        boolean said = text.length() <= MOST_LETTERS
                && desk.database()
                        .inTransaction(
                                tx -> desk.cases().say(tx, call.caller(), call.part("id"), text, Audience.APPLICANT));
        return said || view(call).isPresent()
                ? Reply.seeOther("/cases/" + call.part("id") + "#thread")
                : Reply.notFound();
    }

    Reply askWithdraw(Call call) {
        return view(call)
                .filter(view -> view.may(Act.WITHDRAW))
                .map(view -> desk.page("withdraw", call.page(), view))
                .orElseGet(Reply::notFound);
    }

    Reply withdraw(Call call) {
        Moved moved = desk.database()
                .inTransaction(tx -> desk.cases().move(tx, call.caller(), Move.of(call.part("id"), Act.WITHDRAW)));
        return switch (moved) {
            case Moved.Done done -> Reply.seeOther("/cases/" + call.part("id"));
            case Moved.NotThere none -> Reply.notFound();
            case Moved.NotTheirs none -> Reply.problem(403, "This is for the applicant to do.");
            case Moved.NoSuchWay way -> Reply.problem(409, "It cannot be withdrawn any more.");
            case Moved.ChangedMeanwhile changed -> Reply.problem(409, "It has changed.");
        };
    }

    /** The questions that the city asks to correct, and no others. */
    Reply askCorrect(Call call) {
        return view(call)
                .filter(view -> view.may(Act.ANSWER))
                .map(view -> desk.page("correct", call.page(), view))
                .orElseGet(Reply::notFound);
    }

    Reply correct(Call call) {
        Optional<CaseView> found = view(call).filter(view -> view.may(Act.ANSWER));
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        CaseView view = found.get();
        List<FieldError> errors = new ArrayList<>();
        FormPage asked = CaseViews.asked(view.procedure(), view.filing());
        Answers answers = desk.forms().taken(view.answers(), asked, call.form());
        if (Forms.changesRows(call.field("action"))) {
            return desk.page("correct", call.page(), view.with(answers, errors, ""));
        }
        List<Checked.Clean> fresh = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        for (Field field : asked.fields()) {
            if (field.type() == Field.Type.FILE) {
                call.form().uploads(field.id()).forEach(upload -> check(upload, field, fresh, fields, errors));
            }
        }
        errors.addAll(desk.forms()
                .errors(
                        view.procedure().form(),
                        asked,
                        answers,
                        desk.today(),
                        call.page().language()));
        if (!errors.isEmpty()) {
            return desk.page("correct", call.page(), view.with(answers, errors, ""))
                    .withStatus(400);
        }
        List<FieldError> further = further(call, view, answers);
        if (!further.isEmpty()) {
            List<String> all = new ArrayList<>(view.filing().askedFields());
            further.forEach(error -> all.add(error.field()));
            desk.database().inTransaction(tx -> {
                desk.filings().asked(tx, view.file().id(), all);
                return 0;
            });
            return desk.page("correct", call.page(), view(call).orElseThrow().with(answers, further, ""))
                    .withStatus(400);
        }
        return moved(call, view, answers, fresh, fields);
    }

    /** Questions that nobody has answered, and that have to be after what was answered now. */
    private List<FieldError> further(Call call, CaseView view, Answers answers) {
        Form form = view.procedure().form();
        return desk.forms().errors(form, answers, desk.today(), call.page().language()).stream()
                .filter(error -> !view.filing().askedFields().contains(error.field()))
                .filter(error -> form.field(error.field())
                        .filter(field -> !answers.has(field))
                        .isPresent())
                .filter(error -> !error.field().contains("."))
                .toList();
    }

    private void check(
            Upload upload, Field field, List<Checked.Clean> fresh, List<String> fields, List<FieldError> errors) {
        switch (desk.cases().check(upload)) {
            case Checked.Refused(var words, var arguments) -> errors.add(new FieldError(field.id(), words, arguments));
            case Checked.Clean clean -> {
                fresh.add(clean);
                fields.add(field.id());
            }
        }
    }

    private Reply moved(Call call, CaseView view, Answers typed, List<Checked.Clean> fresh, List<String> fields) {
        String id = view.file().id();
        Moved moved = desk.database().inTransaction(tx -> {
            Answers answers = typed;
            for (int i = 0; i < fresh.size(); i++) {
                Optional<Attached> kept =
                        desk.cases().attach(tx, call.caller(), view.file().subject(), fields.get(i), fresh.get(i));
                List<String> all = new ArrayList<>(answers.all(fields.get(i)));
                kept.ifPresent(file -> all.add(file.id()));
                answers = answers.with(fields.get(i), all);
            }
            Move move = Move.of(id, Act.ANSWER)
                    .saying(call.field("note"))
                    .replacing(desk.forms().json(view.procedure().form(), answers));
            Moved result = desk.cases().move(tx, call.caller(), move);
            if (result instanceof Moved.Done) {
                desk.filings().asked(tx, id, List.of());
                desk.filings()
                        .recalculated(
                                tx,
                                id,
                                desk.reckoning()
                                        .of(
                                                tx,
                                                view.procedure(),
                                                answers,
                                                desk.today().day()));
            }
            return result;
        });
        return moved instanceof Moved.Done
                ? Reply.seeOther("/cases/" + id)
                : Reply.problem(409, "It is not asked for any more.");
    }

    Reply document(Call call) {
        return desk.database()
                .inTransaction(tx -> desk.cases()
                        .read(tx, call.caller(), call.part("id"), "cases.document")
                        .flatMap(file -> desk.documents()
                                .issued(tx, call.part("number"))
                                .filter(issued -> issued.about().equals(file.subject()))
                                .filter(issued ->
                                        desk.filings().find(tx, file.id()).isPresent())
                                .flatMap(issued -> desk.documents()
                                        .pdf(tx, issued.number())
                                        .map(pdf -> Reply.bytes("application/pdf", pdf)
                                                .download(issued.fileName()))))
                        .orElseGet(Reply::notFound));
    }

    Reply print(Call call) {
        return view(call)
                .map(view -> Reply.bytes(
                                "application/pdf",
                                desk.letters().filled(view.procedure(), view.file(), view.answers(), call.page()))
                        .download(view.file().id() + ".pdf"))
                .orElseGet(Reply::notFound);
    }

    private Optional<CaseView> view(Call call) {
        // Staff print a case by the same way.
        String purpose = call.person().post().isPresent() ? "cases.examine" : "cases.own";
        return desk.database().inTransaction(tx -> views.of(tx, call, call.part("id"), purpose));
    }

    /** A case of another service has its page there. */
    private Reply elsewhere(Call call, String id) {
        return desk.database()
                .inTransaction(tx -> desk.cases().seen(tx, call.caller(), id))
                .map(file -> desk.cases().kind(file.kind()).residentPage() + id)
                .filter(path -> !path.equals("/cases/" + id))
                .map(Reply::seeOther)
                .orElseGet(Reply::notFound);
    }
}
