package city.hamana.service.procedures;

import city.hamana.capability.cases.Act;
import city.hamana.capability.cases.Audience;
import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.Move;
import city.hamana.capability.cases.Moved;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.text.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A case before the staff who examine and decide it. */
final class OfficePages {
    private static final int MOST_LETTERS = 2_000;

    private final Desk desk;
    private final CaseViews views;

    private final Opening opening;

    OfficePages(Desk desk, CaseViews views, Opening opening) {
        this.desk = desk;
        this.views = views;
        this.opening = opening;
    }

    Reply show(Call call) {
        String id = call.part("id");
        return view(call)
                .map(view -> desk.page("office", call.page(), view.with(List.of(), justDone(call))))
                .orElseGet(() -> elsewhere(call, id));
    }

    private static String justDone(Call call) {
        return call.query("done")
                .filter(done -> done.equals("say")
                        || done.equals("open")
                        || Act.ofCode(done).isPresent())
                .orElse("");
    }

    /** Opens what was ticked, all in one step. */
    Reply open(Call call) {
        Optional<CaseView> view = view(call);
        if (view.isEmpty()) {
            return Reply.notFound();
        }
        if (view.get().opens().isEmpty()) {
            return Reply.problem(403, "There is nothing here for you to open.");
        }
        List<String> codes = call.form().all("opens");
        String document = call.field("document");
        if (codes.isEmpty() || !CounterPages.DOCUMENTS.contains(document)) {
            FieldError error = codes.isEmpty()
                    ? FieldError.of("opens", "procedures.wrong.opens")
                    : FieldError.of("document", "procedures.wrong.document");
            return desk.page("office", call.page(), view.get().with(List.of(error), ""))
                    .withStatus(400);
        }
        List<Procedure.Opens> chosen = view.get().opens().stream()
                .map(CaseView.Choice::opens)
                .filter(opens -> codes.contains(opens.code()))
                .toList();
        CaseFile visit = view.get().file();
        desk.database()
                .inTransaction(
                        tx -> opening.open(tx, call.person(), visit, view.get().answers(), chosen, document));
        return Reply.seeOther("/staff/cases/" + view.get().file().id() + "?done=open#others");
    }

    /** One form each, one address for all: the act says which. */
    Reply act(Call call) {
        Optional<CaseView> view = view(call);
        if (view.isEmpty()) {
            return Reply.notFound();
        }
        if (call.field("act").equals("say")) {
            return said(call, view.get());
        }
        Optional<Act> act = Act.ofCode(call.field("act"));
        if (act.isEmpty() || !call.field("version").matches("\\d{1,9}")) {
            return Reply.badRequest("There is no such act.");
        }
        List<FieldError> errors = errors(call, view.get(), act.get());
        return errors.isEmpty()
                ? moved(call, view.get(), act.get())
                : desk.page("office", call.page(), view.get().with(errors, "")).withStatus(400);
    }

    private Reply said(Call call, CaseView view) {
        Audience audience = call.field("audience").equals("staff") ? Audience.STAFF : Audience.APPLICANT;
        String text = call.field("text");
        if (text.isBlank() || text.length() > MOST_LETTERS) {
            FieldError error = FieldError.of("text", "procedures.wrong.note", MOST_LETTERS);
            return desk.page("office", call.page(), view.with(List.of(error), ""))
                    .withStatus(400);
        }
        desk.database()
                .inTransaction(
                        tx -> desk.cases().say(tx, call.caller(), view.file().id(), text, audience));
        return Reply.seeOther("/staff/cases/" + view.file().id() + "?done=say#thread");
    }

    private static List<FieldError> errors(Call call, CaseView view, Act act) {
        String note = call.field("note");
        return switch (act) {
            case RETURN ->
                call.form().all("fields").isEmpty()
                        ? List.of(FieldError.of("fields", "procedures.wrong.fields"))
                        : note.isBlank() ? List.of(FieldError.of("return-note", "procedures.wrong.ask")) : List.of();
            case PROPOSE -> proposal(call, view);
            case SEND_BACK -> note.isBlank() ? List.of(FieldError.of("back-note", "procedures.wrong.back")) : List.of();
            case HAND ->
                view.departments().containsKey(call.field("to"))
                                && !call.field("to").equals(view.file().department())
                        ? List.of()
                        : List.of(FieldError.of("to", "procedures.wrong.to"));
            case PASS -> note.isBlank() ? List.of(FieldError.of("pass-note", "procedures.wrong.pass")) : List.of();
            case TAKE, ANSWER, RESUME, AGREE, DECIDE, DELIVER, CLOSE, REOPEN, WITHDRAW, MERGE, SPLIT -> List.of();
        };
    }

    /** A refusal needs a reason (行政手続法 第8条), and a grant needs that one may have it. */
    private static List<FieldError> proposal(Call call, CaseView view) {
        String outcome = call.field("outcome");
        if (!outcome.matches("grant|refuse")) {
            return List.of(FieldError.of("outcome", "procedures.wrong.outcome"));
        }
        if (outcome.equals("refuse") && reason(call, view).isBlank()) {
            return List.of(FieldError.of("reason", "procedures.wrong.reason"));
        }
        return outcome.equals("grant")
                        && !view.filing().eligible()
                        && call.field("reason-text").isBlank()
                ? List.of(FieldError.of("reason-text", "procedures.wrong.not-eligible"))
                : List.of();
    }

    /** The chosen template and what was written, in Japanese: the authentic text. */
    private static String reason(Call call, CaseView view) {
        String chosen = call.field("reason").matches("\\d{1,2}")
                ? Optional.of(Integer.parseInt(call.field("reason")))
                        .filter(i -> i < view.procedure().decision().reasons().size())
                        .map(i -> view.procedure().decision().reasons().get(i).plain(Language.JA))
                        .orElse("")
                : "";
        String text = (chosen + "\n" + call.field("reason-text")).strip();
        return text.length() > MOST_LETTERS ? text.substring(0, MOST_LETTERS) : text;
    }

    private Reply moved(Call call, CaseView view, Act act) {
        Moved moved = desk.database().inTransaction(tx -> {
            Moved result = desk.cases().move(tx, call.caller(), move(call, view, act));
            if (result instanceof Moved.Done done) {
                kept(tx, call, view, done.after(), act);
            }
            return result;
        });
        String id = view.file().id();
        return switch (moved) {
            case Moved.Done(var before, var after) -> Reply.seeOther("/staff/cases/" + id + "?done=" + act.code());
            case Moved.NotThere() -> Reply.notFound();
            case Moved.NotTheirs() -> Reply.problem(403, "This is for others to do.");
            case Moved.NoSuchWay(var now) -> changed(call);
            case Moved.ChangedMeanwhile(var now) -> changed(call);
        };
    }

    /** Two at once: the second sees the case as it is now, and is told so. */
    private Reply changed(Call call) {
        return view(call)
                .map(view -> desk.page("office", call.page(), view.with(List.of(), "changed"))
                        .withStatus(409))
                .orElseGet(Reply::notFound);
    }

    private static Move move(Call call, CaseView view, Act act) {
        Move move = Move.of(view.file().id(), act)
                .reading(Integer.parseInt(call.field("version")))
                .saying(cut(call.field("note")));
        return switch (act) {
            case HAND -> move.to(call.field("to"));
            case PROPOSE ->
                move.because(Map.of(
                        "outcome",
                        call.field("outcome"),
                        "rules",
                        view.reckoned().rules()));
            case DECIDE -> move.because(Map.of("outcome", view.filing().outcome()));
            case TAKE, RETURN, ANSWER, RESUME, PASS, AGREE, SEND_BACK, DELIVER, CLOSE, REOPEN, WITHDRAW, MERGE, SPLIT ->
                move;
        };
    }

    private void kept(Handle tx, Call call, CaseView view, CaseFile after, Act act) {
        String id = after.id();
        switch (act) {
            case RETURN -> desk.filings().asked(tx, id, fields(call, view));
            case RESUME -> desk.filings().asked(tx, id, List.of());
            case PROPOSE -> {
                boolean grant = call.field("outcome").equals("grant");
                long amount = grant ? view.reckoned().amountYen() : 0;
                desk.filings()
                        .proposed(
                                tx,
                                id,
                                call.field("outcome"),
                                reason(call, view),
                                amount,
                                view.reckoned().rules());
            }
            case SEND_BACK ->
                desk.filings().proposed(tx, id, "", "", 0, view.reckoned().rules());
            case TAKE, HAND, ANSWER, PASS, AGREE, DECIDE, DELIVER, CLOSE, REOPEN, WITHDRAW, MERGE, SPLIT -> {}
        }
    }

    private static List<String> fields(Call call, CaseView view) {
        return call.form().all("fields").stream()
                .filter(id -> view.procedure().form().field(id).isPresent())
                .distinct()
                .toList();
    }

    private static String cut(String note) {
        return note.length() > MOST_LETTERS ? note.substring(0, MOST_LETTERS) : note;
    }

    private Optional<CaseView> view(Call call) {
        return desk.database().inTransaction(tx -> views.of(tx, call, call.part("id"), "cases.examine"));
    }

    private Reply elsewhere(Call call, String id) {
        return desk.database()
                .inTransaction(tx -> desk.cases().seen(tx, call.caller(), id))
                .map(file -> desk.cases().kind(file.kind()).staffPage() + id)
                .filter(path -> !path.equals("/staff/cases/" + id))
                .map(Reply::seeOther)
                .orElseGet(Reply::notFound);
    }
}
