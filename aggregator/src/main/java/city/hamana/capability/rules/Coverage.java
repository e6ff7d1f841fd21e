package city.hamana.capability.rules;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Whether exactly one row fits every case. Each input is cut into the fewest pieces that no row tells apart further; the
 * pieces of all inputs together are the cases. A branch is left as soon as one row, or none, remains.
 */
final class Coverage {
    private static final int MOST_SLIPS = 5;
    private static final int MOST_STEPS = 2_000_000;

    private final List<Column> inputs;
    private final List<Row> rows;
    private final List<List<Piece>> pieces = new ArrayList<>();
    private final List<Slip> slips = new ArrayList<>();
    private int steps;

    /** A part of an input's domain, its name for people, and the rows that take it. */
    private record Piece(String name, BitSet rows) {}

    private Coverage(List<Column> inputs, List<Row> rows) {
        this.inputs = inputs;
        this.rows = rows;
    }

    /** The first gaps and overlaps; none when the table is whole. */
    static List<Slip> check(List<Column> inputs, List<Row> rows) {
        Coverage coverage = new Coverage(inputs, rows);
        for (int i = 0; i < inputs.size(); i++) {
            coverage.pieces.add(coverage.cut(i));
        }
        BitSet all = new BitSet();
        all.set(0, rows.size());
        coverage.walk(0, all, new ArrayList<>());
        return coverage.slips;
    }

    private void walk(int input, BitSet left, List<String> path) {
        if (slips.size() >= MOST_SLIPS) {
            return;
        }
        if (++steps > MOST_STEPS) {
            slips.add(Slip.of("too-many-cases"));
            steps = Integer.MIN_VALUE;
            return;
        }
        if (left.isEmpty()) {
            slips.add(Slip.of("gap", named(path)));
        } else if (input < inputs.size()) {
            for (Piece piece : pieces.get(input)) {
                BitSet both = (BitSet) left.clone();
                both.and(piece.rows);
                path.addLast(inputs.get(input).key() + " " + piece.name);
                walk(input + 1, both, path);
                path.removeLast();
            }
        } else if (left.cardinality() > 1) {
            int first = left.nextSetBit(0);
            slips.add(Slip.of("overlap", first + 1, left.nextSetBit(first + 1) + 1, named(path)));
        }
    }

    private static String named(List<String> path) {
        return String.join(", ", path);
    }

    private List<Piece> cut(int input) {
        return switch (Condition.domain(inputs.get(input)).orElseThrow()) {
            case Condition.Names(var names) ->
                names.stream().map(name -> new Piece(name, taking(input, name))).toList();
            case Condition.Spans(var spans) ->
                spans.stream().flatMap(span -> between(input, span).stream()).toList();
        };
    }

    private BitSet taking(int input, String name) {
        BitSet taking = new BitSet();
        for (int r = 0; r < rows.size(); r++) {
            if (rows.get(r).conditions().get(input) instanceof Condition.Names(var names) && names.contains(name)) {
                taking.set(r);
            }
        }
        return taking;
    }

    private List<Piece> between(int input, Condition.Span domain) {
        TreeSet<Position> cuts = new TreeSet<>(List.of(domain.from(), domain.to()));
        for (Row row : rows) {
            for (Condition.Span span : ((Condition.Spans) row.conditions().get(input)).spans()) {
                cuts.add(span.from());
                cuts.add(span.to());
            }
        }
        List<Position> inside = List.copyOf(cuts.subSet(domain.from(), true, domain.to(), true));
        List<Piece> found = new ArrayList<>();
        for (int i = 0; i + 1 < inside.size(); i++) {
            found.add(new Piece(
                    name(inputs.get(input), inside.get(i), inside.get(i + 1)), holding(input, inside.get(i))));
        }
        return found;
    }

    private BitSet holding(int input, Position from) {
        BitSet holding = new BitSet();
        for (int r = 0; r < rows.size(); r++) {
            for (Condition.Span span :
                    ((Condition.Spans) rows.get(r).conditions().get(input)).spans()) {
                if (span.from().compareTo(from) <= 0 && from.compareTo(span.to()) < 0) {
                    holding.set(r);
                }
            }
        }
        return holding;
    }

    /** {@code [17..18)}, or the one value that lies between. */
    private static String name(Column column, Position from, Position to) {
        boolean one = from.value().compareTo(to.value()) == 0 || to.equals(new Position(from.value(), true).whole());
        if (one && !from.behind() && (column.type() != Column.Type.NUMBER || to.behind())) {
            return text(column, from.value());
        }
        String start = from.equals(Position.FIRST) ? "(" : (from.behind() ? "(" : "[") + text(column, from.value());
        String end = to.equals(Position.LAST) ? ")" : text(column, to.value()) + (to.behind() ? "]" : ")");
        return start + ".." + end;
    }

    private static String text(Column column, BigDecimal value) {
        return column.type() == Column.Type.DATE
                ? LocalDate.ofEpochDay(value.longValue()).toString()
                : value.toPlainString();
    }
}
