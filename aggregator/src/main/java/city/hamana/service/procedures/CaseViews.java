package city.hamana.service.procedures;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.State;
import city.hamana.capability.forms.Answers;
import city.hamana.capability.forms.CrossCheck;
import city.hamana.capability.forms.Field;
import city.hamana.capability.forms.FormPage;
import city.hamana.capability.people.Party;
import city.hamana.platform.http.Call;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Puts together what is shown of a case. */
final class CaseViews {
    private static final int MOST_ENTRIES = 200;

    private final Desk desk;

    CaseViews(Desk desk) {
        this.desk = desk;
    }

    /** Empty when there is no such case for this reader, or it is of another service's kind. */
    Optional<CaseView> of(Handle tx, Call call, String id, String purpose) {
        Optional<CaseView> view = desk.cases()
                .seen(tx, call.caller(), id)
                .flatMap(file -> desk.catalogue()
                        .find(file.kind())
                        .flatMap(procedure ->
                                desk.filings().find(tx, id).map(filing -> view(tx, call, file, procedure, filing))));
        if (view.isPresent()) {
            // The trace comes last: from it on all writers of the log wait.
            desk.cases().trace(tx, call.caller(), view.get().file(), purpose);
        }
        return view;
    }

    private CaseView view(Handle tx, Call call, CaseFile file, Procedure procedure, Filing filing) {
        Answers answers = answers(tx, procedure, file);
        LocalDate day = LocalDate.ofInstant(file.opened(), desk.clock().getZone());
        List<CaseFile> opened = desk.cases().openedFrom(tx, file);
        return new CaseView(
                file,
                procedure,
                filing,
                file.applicant().map(party -> desk.name(tx, party)).orElse(""),
                filedBy(tx, file),
                desk.forms().lines(procedure.form(), answers, call.page()),
                answers,
                desk.cases().attached(tx, file.subject()),
                desk.cases().thread(tx, call.caller(), file),
                desk.events().about(tx, file.subject(), MOST_ENTRIES),
                desk.documents().about(tx, file.subject()),
                desk.cases().way(tx, file),
                others(tx, call, file, opened),
                opens(call, file, opened, procedure, answers),
                desk.cases().acts(tx, call.caller(), file),
                desk.cases().daysLeft(file),
                file.due()
                        .map(due -> LocalDate.ofInstant(
                                due.minusMillis(1), desk.clock().getZone())),
                Guides.of(procedure, answers),
                desk.departments(call.page().language()),
                desk.forms().towns(call.page().language()),
                desk.reckoning().of(tx, procedure, answers, day),
                List.of(),
                "",
                desk.forms()
                        .checks(
                                procedure.form(),
                                asked(procedure, filing),
                                answers,
                                call.page().language()));
    }

    /** The questions to be answered again, as one page. */
    static FormPage asked(Procedure procedure, Filing filing) {
        List<Field> fields = filing.asked(procedure.form());
        List<CrossCheck> checks = procedure.form().pages().stream()
                .flatMap(page -> page.checks().stream())
                .filter(check -> check.fields().stream().anyMatch(filing.askedFields()::contains))
                .toList();
        FormPage first = procedure.form().pages().getFirst();
        return new FormPage("correct", first.title(), Optional.empty(), Optional.empty(), fields, checks);
    }

    private List<CaseView.Other> others(Handle tx, Call call, CaseFile file, List<CaseFile> opened) {
        List<CaseView.Other> others = new ArrayList<>();
        file.openedFrom()
                .flatMap(id -> desk.cases().file(tx, id))
                .ifPresent(visit -> others.add(other(tx, call, visit, true)));
        opened.forEach(one -> others.add(other(tx, call, one, false)));
        return others;
    }

    /** Of its guide, what is not open yet; for staff of the department that has the visit. */
    private List<CaseView.Choice> opens(
            Call call, CaseFile file, List<CaseFile> opened, Procedure procedure, Answers answers) {
        boolean visited = call.person().worksIn(file.department())
                && file.applicant().isPresent()
                && file.state() != State.WITHDRAWN
                && call.route().path().startsWith("/staff/");
        List<String> there = opened.stream()
                .filter(one -> one.state() != State.WITHDRAWN)
                .map(CaseFile::kind)
                .toList();
        List<Procedure.Guide> applying = Guides.of(procedure, answers);
        return procedure.guide().stream()
                .filter(guide -> visited
                        && guide.opens().filter(o -> !there.contains(o.code())).isPresent())
                .map(guide -> choice(guide, applying.contains(guide)))
                .toList();
    }

    private CaseView.Choice choice(Procedure.Guide guide, boolean applies) {
        Procedure.Opens opens = guide.opens().orElseThrow();
        return new CaseView.Choice(
                opens, desk.catalogue().find(opens.code()).orElseThrow().title(), applies);
    }

    private CaseView.Other other(Handle tx, Call call, CaseFile file, boolean visit) {
        String base = call.route().path().startsWith("/staff/") ? "/staff/cases/" : "/cases/";
        String title = desk.catalogue()
                .find(file.kind())
                .map(procedure -> call.page().plain(procedure.title()))
                .orElseGet(file::title);
        boolean seen = desk.cases().seen(tx, call.caller(), file.id()).isPresent();
        return new CaseView.Other(file, title, seen ? base + file.id() : "", visit);
    }

    /** The answers as they were sent; files are those that the case has. */
    Answers answers(Handle tx, Procedure procedure, CaseFile file) {
        return desk.forms().answers(procedure.form(), file.data());
    }

    private String filedBy(Handle tx, CaseFile file) {
        Optional<String> party = Optional.of(file.filedBy())
                .filter(actor -> actor.startsWith("person:"))
                .map(actor -> actor.substring("person:".length()));
        return party.flatMap(id -> desk.people().party(tx, id))
                .map(Party::names)
                .map(names -> names.written())
                .orElse("");
    }
}
