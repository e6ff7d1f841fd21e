package city.hamana.service.procedures;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.documents.Documents;
import city.hamana.capability.documents.Draft;
import city.hamana.capability.documents.Issued;
import city.hamana.capability.documents.Part;
import city.hamana.capability.documents.Retention;
import city.hamana.capability.forms.Answers;
import city.hamana.capability.forms.Field;
import city.hamana.capability.forms.Form;
import city.hamana.capability.forms.FormPage;
import city.hamana.capability.forms.Forms;
import city.hamana.platform.html.Page;
import city.hamana.platform.text.Era;
import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The papers of a procedure: decisions, and its form, blank or filled in. A decision's authentic text is Japanese. */
final class Letters {
    /** 行政不服審査法 第82条 (教示), 第18条 (three months); 行政事件訴訟法 第46条, 第14条 (six months). */
    private static final String OBJECTION = "この決定に不服があるときは、この決定があったことを知った日の翌日から起算して3か月以内に、"
            + "湖西市長に対して審査請求をすることができます(行政不服審査法第18条)。また、この決定があったことを知った日の翌日から起算して"
            + "6か月以内に、湖西市を被告として(湖西市長が代表者となります。)、処分の取消しの訴えを提起することができます"
            + "(行政事件訴訟法第14条)。";

    private static final int ROWS_ON_PAPER = 5;

    private final Documents documents;
    private final Forms forms;
    private final ZoneId zone;

    Letters(Documents documents, Forms forms, ZoneId zone) {
        this.documents = documents;
        this.forms = forms;
        this.zone = zone;
    }

    Issued decision(Handle tx, Procedure procedure, CaseFile file, Filing filing, String addressee) {
        String title = filing.granted()
                ? procedure.decision().grantedTitle()
                : procedure.decision().refusedTitle();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Text(
                Era.of(LocalDate.ofInstant(file.opened(), zone)) + "付けで申請のあった次の件について、" + "次のとおり決定したので通知します。"));
        parts.add(new Part.Facts(facts(procedure, file, filing)));
        parts.addAll(shown(procedure, forms.answers(procedure.form(), file.data())));
        if (!filing.reason().isBlank()) {
            parts.add(new Part.Heading(filing.granted() ? "付記" : "理由"));
            parts.add(new Part.Text(filing.reason()));
        }
        parts.add(new Part.Right("湖西市長"));
        parts.add(new Part.Heading("不服があるとき(教示)"));
        parts.add(new Part.Small(OBJECTION));
        return documents.issue(
                tx,
                new Draft("cases", title, parts, Retention.FIVE_YEARS, file.subject(), file.department(), addressee));
    }

    /** What of the answers stands in the decision: facts, and a table for each group. */
    private List<Part> shown(Procedure procedure, Answers answers) {
        List<Part> parts = new ArrayList<>();
        List<Part.Fact> facts = new ArrayList<>();
        for (String id : procedure.decision().shows()) {
            Field field = procedure.form().field(id).orElseThrow();
            if (field.type() != Field.Type.GROUP && answers.has(field)) {
                facts.add(new Part.Fact(field.label().plain(Language.JA), forms.inJapanese(field, answers)));
            } else if (answers.rows(id) > 0) {
                parts.add(new Part.Heading(field.label().plain(Language.JA)));
                parts.add(table(field, answers));
            }
        }
        if (!facts.isEmpty()) {
            parts.addFirst(new Part.Facts(facts));
        }
        return parts;
    }

    private Part table(Field group, Answers answers) {
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < answers.rows(group.id()); row++) {
            rows.add(group.row(row).stream()
                    .map(field -> forms.inJapanese(field, answers))
                    .toList());
        }
        List<String> head =
                group.fields().stream().map(f -> f.label().plain(Language.JA)).toList();
        return new Part.Table(head, rows, List.of());
    }

    /** Questions of a row that were not asked leave their place empty. */
    private static Part table(Forms.Line group, Page page) {
        List<List<String>> rows = group.rows().stream()
                .map(row -> group.field().fields().stream()
                        .map(field -> row.stream()
                                .filter(line -> line.field().id().endsWith("." + field.id()))
                                .map(Forms.Line::answer)
                                .findFirst()
                                .orElse(""))
                        .toList())
                .toList();
        return new Part.Table(heads(group.field(), page), rows, List.of());
    }

    private static List<String> heads(Field group, Page page) {
        return group.fields().stream().map(field -> page.plain(field.label())).toList();
    }

    private static List<Part.Fact> facts(Procedure procedure, CaseFile file, Filing filing) {
        List<Part.Fact> facts = new ArrayList<>();
        facts.add(new Part.Fact("受付番号", file.id()));
        facts.add(new Part.Fact("件名", procedure.title().plain(Language.JA)));
        facts.add(new Part.Fact("根拠", procedure.law()));
        Procedure.Decisions decision = procedure.decision();
        facts.add(new Part.Fact("決定", (filing.granted() ? decision.grant() : decision.refuse()).plain(Language.JA)));
        if (filing.granted() && filing.amountYen() > 0) {
            facts.add(new Part.Fact("決定額", "金 %,d 円".formatted(filing.amountYen())));
        }
        if (filing.granted() && filing.feeYen() > 0) {
            facts.add(new Part.Fact("手数料", "%,d 円".formatted(filing.feeYen())));
        }
        return facts;
    }

    /** The form to be filled in by hand. */
    byte[] blank(Procedure procedure, Page page) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Small(page.plain(procedure.summary())));
        parts.add(new Part.Right(page.plain("procedures.print.day")));
        Form form = procedure.form();
        for (FormPage part : form.pages()) {
            parts.add(new Part.Heading(page.plain(part.title())));
            for (Field field : part.fields()) {
                if (field.type() == Field.Type.GROUP) {
                    parts.add(new Part.Text(page.plain(field.label())));
                }
                parts.add(blank(field, page));
            }
        }
        return documents.sealed(page.plain(procedure.title()), parts);
    }

    private static Part blank(Field field, Page page) {
        if (field.type() == Field.Type.GROUP) {
            List<String> empty = field.fields().stream().map(f -> "\n").toList();
            int rows = (int) Math.min(field.most(), Math.max(ROWS_ON_PAPER, field.least()));
            return new Part.Table(heads(field, page), Collections.nCopies(rows, empty), List.of());
        }
        StringBuilder label = new StringBuilder(page.plain(field.label()));
        if (!field.must()) {
            label.append(" (").append(page.plain("page.optional")).append(')');
        }
        field.options().forEach(option -> label.append("  □ ").append(page.plain(option.label())));
        if (field.type() == Field.Type.YES_NO) {
            label.append("  □ ").append(page.plain("forms.yes")).append("  □ ").append(page.plain("forms.no"));
        }
        boolean ticked = !field.options().isEmpty() || field.type() == Field.Type.YES_NO;
        if (ticked) {
            return new Part.Text(label.toString());
        }
        return new Part.Blank(label.toString(), field.type() == Field.Type.LONG_TEXT ? 4 : 1);
    }

    /** What was answered, as a paper. */
    byte[] filled(Procedure procedure, CaseFile file, Answers answers, Page page) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Right(page.plain("procedures.number") + " " + file.id()));
        parts.add(new Part.Right(page.fullMoment(file.opened())));
        for (FormPage part : procedure.form().pages(answers)) {
            parts.add(new Part.Heading(page.plain(part.title())));
            List<Forms.Line> lines = forms.lines(procedure.form(), answers, page).stream()
                    .filter(line -> line.page().equals(part))
                    .toList();
            parts.add(new Part.Facts(lines.stream()
                    .map(line -> new Part.Fact(
                            page.plain(line.field().label()), line.answer().isEmpty() ? "–" : line.answer()))
                    .toList()));
            lines.stream().filter(line -> !line.rows().isEmpty()).forEach(line -> parts.add(table(line, page)));
        }
        return documents.sealed(page.plain(procedure.title()), parts);
    }
}
