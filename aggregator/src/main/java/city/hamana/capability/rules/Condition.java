package city.hamana.capability.rules;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cell of an input column: which values fit. */
sealed interface Condition {
    /** Values by name. */
    record Names(Set<String> names) implements Condition {}

    /** Values on a line, dates as days since 1970. */
    record Spans(List<Span> spans) implements Condition {
        boolean holds(BigDecimal value) {
            Position place = new Position(value, false);
            return spans.stream().anyMatch(s -> s.from.compareTo(place) <= 0 && place.compareTo(s.to) < 0);
        }
    }

    /** From a cut to another, which lies behind it. */
    record Span(Position from, Position to) {}

    Pattern RANGE = Pattern.compile("([\\[(])([^.]+(?:\\.\\d+)?)?\\.\\.([^\\])]+)?([\\])])");
    Pattern COMPARED = Pattern.compile("(>=|<=|>|<)(.+)");
    int MOST_PARTS = 50;

    /** Everything that may come in this column. */
    static Optional<Condition> domain(Column column) {
        if (column.type() == Column.Type.FLAG) {
            return Optional.of(new Names(Set.of("true", "false")));
        }
        if (column.type() == Column.Type.ONE_OF) {
            return column.domain().isEmpty() ? Optional.empty() : Optional.of(names(column.domain()));
        }
        return column.domain().isEmpty() ? Optional.of(everything()) : spans(column, column.domain());
    }

    /** A cell; empty when it cannot be read. */
    static Optional<Condition> read(Column column, String cell) {
        if (cell.equals("-")) {
            return domain(column);
        }
        if (column.line()) {
            return spans(column, cell);
        }
        Names names = names(cell);
        return domain(column)
                .filter(all -> ((Names) all).names.containsAll(names.names))
                .map(all -> names);
    }

    /** Whether a value may come in this column. */
    static boolean fits(Column column, String text) {
        return switch (domain(column).orElseThrow()) {
            case Names(var names) -> names.contains(text);
            case Spans spans -> value(column, text).filter(spans::holds).isPresent();
        };
    }

    /** A value as it stands on the line of its column. */
    static Optional<BigDecimal> value(Column column, String text) {
        try {
            if (column.type() == Column.Type.DATE) {
                return Optional.of(
                        BigDecimal.valueOf(LocalDate.parse(text.strip()).toEpochDay()));
            }
            BigDecimal number = new BigDecimal(text.strip());
            boolean fits = number.precision() <= 20 && Math.abs(number.scale()) <= 10;
            boolean whole = column.type() != Column.Type.INTEGER
                    || number.stripTrailingZeros().scale() <= 0;
            return fits && whole ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Condition everything() {
        return new Spans(List.of(new Span(Position.FIRST, Position.LAST)));
    }

    private static Names names(String cell) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(cell.split("\\|", MOST_PARTS)).map(String::strip).forEach(names::add);
        return new Names(names);
    }

    private static Optional<Condition> spans(Column column, String cell) {
        List<Span> spans = new ArrayList<>();
        for (String part : cell.split("\\|", MOST_PARTS)) {
            Optional<Span> span = span(column, part.strip());
            if (span.isEmpty()) {
                return Optional.empty();
            }
            spans.add(span.get());
        }
        return Optional.of(new Spans(List.copyOf(spans)));
    }

    private static Optional<Span> span(Column column, String part) {
        Matcher range = RANGE.matcher(part);
        if (range.matches()) {
            Optional<Position> from =
                    edge(column, range.group(2), range.group(1).equals("("), Position.FIRST);
            Optional<Position> to = edge(column, range.group(3), range.group(4).equals("]"), Position.LAST);
            return span(from, to);
        }
        Matcher compared = COMPARED.matcher(part);
        if (compared.matches()) {
            Optional<Position> from = Optional.of(Position.FIRST);
            Optional<Position> to = Optional.of(Position.LAST);
            String sign = compared.group(1);
            Optional<Position> cut =
                    edge(column, compared.group(2), sign.equals(">") || sign.equals("<="), Position.FIRST);
            return sign.startsWith(">") ? span(cut, to) : span(from, cut);
        }
        return span(edge(column, part, false, Position.FIRST), edge(column, part, true, Position.LAST));
    }

    private static Optional<Position> edge(Column column, String text, boolean behind, Position none) {
        if (text == null || text.isBlank()) {
            return Optional.of(none);
        }
        boolean whole = column.type() != Column.Type.NUMBER;
        return value(column, text).map(v -> new Position(v, behind)).map(p -> whole ? p.whole() : p);
    }

    private static Optional<Span> span(Optional<Position> from, Optional<Position> to) {
        return from.flatMap(f -> to.filter(t -> f.compareTo(t) < 0).map(t -> new Span(f, t)));
    }
}
