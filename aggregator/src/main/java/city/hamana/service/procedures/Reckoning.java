package city.hamana.service.procedures;

import city.hamana.capability.forms.Answers;
import city.hamana.capability.forms.Field;
import city.hamana.capability.rules.Decision;
import city.hamana.capability.rules.Rules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Asks the decision tables about a form's answers. Answers without slips are needed. */
final class Reckoning {
    private final Rules rules;

    /** @param procedures whose tables stand beside this class */
    Reckoning(Rules rules, List<Procedure> procedures) {
        this.rules = rules;
        procedures.stream().flatMap(Reckoning::tables).distinct().forEach(table -> rules.table(Reckoning.class, table));
    }

    private static Stream<String> tables(Procedure procedure) {
        return Stream.of(
                        procedure.fee().map(Procedure.Fee::table),
                        procedure.eligibility().map(Procedure.Eligibility::table),
                        procedure.amount().map(Procedure.Amount::table))
                .flatMap(Optional::stream);
    }

    Sums of(Handle tx, Procedure procedure, Answers answers, LocalDate day) {
        List<String> asked = new ArrayList<>();
        long fee = procedure
                .fee()
                .map(f -> fee(tx, procedure, f, answers, day, asked))
                .orElse(-1L);
        Optional<Decision> eligible =
                procedure.eligibility().map(e -> ask(tx, procedure, e.table(), e.facts(), answers, day, asked));
        long amount = procedure
                .amount()
                .map(a -> amount(tx, procedure, a, answers, day, asked))
                .orElse(0L);
        return new Sums(
                fee,
                eligible.map(d -> Boolean.parseBoolean(d.results().get("eligible")))
                        .orElse(true),
                eligible.map(d -> d.results().get("reason")).orElse("-"),
                amount,
                String.join(" ", asked));
    }

    private long fee(
            Handle tx, Procedure procedure, Procedure.Fee fee, Answers answers, LocalDate day, List<String> asked) {
        Decision each = ask(tx, procedure, fee.table(), fee.facts(), answers, day, asked);
        return Long.parseLong(each.results().get("each")) * number(procedure, fee.times(), answers);
    }

    /** A part of the cost, at most the cap, without what is less than the unit (端数切捨て). */
    private long amount(
            Handle tx, Procedure procedure, Procedure.Amount rule, Answers answers, LocalDate day, List<String> asked) {
        Map<String, String> by = ask(tx, procedure, rule.table(), rule.facts(), answers, day, asked)
                .results();
        long unit = Long.parseLong(by.get("unit"));
        long part = number(procedure, rule.of(), answers) * Long.parseLong(by.get("percent")) / 100;
        return Math.min(part, Long.parseLong(by.get("cap"))) / unit * unit;
    }

    /** Of a group, what its rows make together. */
    private static long number(Procedure procedure, String question, Answers answers) {
        Field field = procedure.form().field(question).orElseThrow();
        return field.type() == Field.Type.GROUP ? answers.sum(field) : Long.parseLong(answers.text(question));
    }

    private Decision ask(
            Handle tx,
            Procedure procedure,
            String table,
            Map<String, String> facts,
            Answers answers,
            LocalDate day,
            List<String> asked) {
        Map<String, Object> known = new LinkedHashMap<>();
        facts.forEach((fact, question) -> known.put(fact, value(procedure, question, answers.text(question))));
        Decision decision = rules.decide(tx, table, day, known);
        asked.add(decision.reference());
        return decision;
    }

    private static Object value(Procedure procedure, String question, String text) {
        Field.Type type = procedure.form().field(question).orElseThrow().type();
        return switch (type) {
            case YES_NO -> text.equals("yes");
            case NUMBER, YEN -> Long.parseLong(text);
            case DATE -> LocalDate.parse(text);
            case TEXT, LONG_TEXT, ONE_OF, SEVERAL, ADDRESS, NAME, PHONE, MAIL, FILE, GROUP -> text;
        };
    }
}
