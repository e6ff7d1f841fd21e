package city.hamana.capability.rules;

import city.hamana.platform.text.Language;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One version's content.
 *
 * @param titles one in each language
 * @param law the legal source; what is not confirmed says so with [K]
 * @param department whose rule it is
 * @param from first day on which it holds
 * @param labels what people call a column ({@code delivery}) or a value of it ({@code delivery=post}); easy Japanese falls
 *     back on Japanese, Portuguese on English, and both on the key
 * @param rows at most 1,000
 */
public record Table(
        Map<Language, String> titles,
        String law,
        String department,
        LocalDate from,
        Map<Language, Map<String, String>> labels,
        List<Column> columns,
        List<Row> rows) {
    static final int MOST_ROWS = 1_000;
    static final int MOST_COLUMNS = 20;

    public Table {
        titles = Map.copyOf(titles);
        labels = Map.copyOf(labels);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** What people call a column, or {@code KEY=VALUE} of it. */
    public String label(Language language, String key) {
        Language other = language == Language.EASY_JA || language == Language.JA ? Language.JA : Language.EN;
        String fallback = labels.getOrDefault(other, Map.of()).getOrDefault(key, key.substring(key.indexOf('=') + 1));
        return labels.getOrDefault(language, Map.of()).getOrDefault(key, fallback);
    }

    List<Column> inputs() {
        return columns.stream().filter(Column::input).toList();
    }

    /** Number of the row that fits, from 1. */
    Optional<Integer> rowFor(Map<String, Object> facts, String name) {
        List<Column> inputs = inputs();
        for (int r = 0; r < rows.size(); r++) {
            boolean fits = true;
            for (int i = 0; i < inputs.size() && fits; i++) {
                fits = fits(
                        inputs.get(i),
                        rows.get(r).conditions().get(i),
                        facts.get(inputs.get(i).key()),
                        name);
            }
            if (fits) {
                return Optional.of(r + 1);
            }
        }
        return Optional.empty();
    }

    /** Where the answers along a column of whole numbers may change: the first number of each stretch, and the end. */
    List<Long> cuts(String column) {
        int index = inputs().stream().map(Column::key).toList().indexOf(column);
        if (index < 0 || !inputs().get(index).line()) {
            throw RulesException.noScale(column);
        }
        TreeSet<Long> cuts = new TreeSet<>();
        for (Row row : rows) {
            if (row.conditions().get(index) instanceof Condition.Spans(var spans)) {
                spans.forEach(span -> {
                    cuts.add(whole(span.from()));
                    cuts.add(whole(span.to()));
                });
            }
        }
        return List.copyOf(cuts);
    }

    private static long whole(Position cut) {
        long most = Stretch.NO_END + 1;
        return cut.value()
                .max(BigDecimal.valueOf(-most))
                .min(BigDecimal.valueOf(most))
                .longValue();
    }

    Map<String, String> results(int row) {
        Map<String, String> results = new LinkedHashMap<>();
        for (int c = 0; c < columns.size(); c++) {
            if (!columns.get(c).input()) {
                results.put(columns.get(c).key(), rows.get(row - 1).cells().get(c));
            }
        }
        return results;
    }

    private static boolean fits(Column column, Condition condition, Object fact, String name) {
        String text = fact == null ? "" : fact.toString();
        if (!Condition.fits(column, text)) {
            throw RulesException.fact(name, column.key(), text);
        }
        return switch (condition) {
            case Condition.Names(var names) -> names.contains(text);
            case Condition.Spans spans ->
                spans.holds(Condition.value(column, text).orElseThrow());
        };
    }
}
