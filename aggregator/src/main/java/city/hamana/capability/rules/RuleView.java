package city.hamana.capability.rules;

import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table as its page shows it.
 *
 * @param shown the version on the page
 * @param versions all of it, the newest first
 * @param inForce number of the version that holds today; 0 for none
 * @param asked what "what if" was asked, by input; empty when nothing was
 * @param answer of the shown version
 * @param today of all versions that hold today or later, where a question was asked
 * @param mayEdit whether this reader keeps the table
 * @param slips with the question
 */
public record RuleView(
        String name,
        Version shown,
        Table table,
        List<Version> versions,
        int inForce,
        Map<String, String> asked,
        Optional<Decision> answer,
        List<Decision> others,
        LocalDate today,
        boolean mayEdit,
        List<Slip> slips) {

    public boolean hit(int row) {
        return answer.map(decision -> decision.row() == row).orElse(false);
    }

    /** What a one-of input can be. */
    public List<String> choices(Column column) {
        return Condition.domain(column).orElseThrow() instanceof Condition.Names(var names)
                ? List.copyOf(names)
                : List.of();
    }

    public List<Column> inputs() {
        return table.inputs();
    }

    /** A cell as people read it: names by their labels, everything else as written. */
    public String cell(Language language, int row, int column) {
        Column of = table.columns().get(column);
        String cell = table.rows().get(row - 1).cells().get(column);
        boolean named = !of.line() && !cell.equals("-");
        return named
                ? Arrays.stream(cell.split("\\|"))
                        .map(value -> table.label(language, of.key() + "=" + value.strip()))
                        .collect(Collectors.joining("・"))
                : cell;
    }
}
