package city.hamana.capability.rules;

import city.hamana.platform.text.Language;
import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a table in its one written form (see the package), naming every slip, and checks that it is whole. */
final class TableFile {
    static final int LONGEST = 30_000;

    private final List<Slip> slips = new ArrayList<>();
    private final Map<String, String> facts = new TreeMap<>();
    private final Map<Language, String> titles = new EnumMap<>(Language.class);
    private final Map<Language, Map<String, String>> labels = new EnumMap<>(Language.class);
    private final List<Column> columns = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /** What was read: a table, or what is wrong with it. */
    sealed interface Result {
        record Whole(Table table) implements Result {}

        record Wrong(List<Slip> slips) implements Result {}
    }

    private TableFile() {}

    static Result read(String text) {
        TableFile file = new TableFile();
        if (text.length() > LONGEST) {
            return new Result.Wrong(List.of(Slip.of("too-long", LONGEST)));
        }
        file.facts(text);
        file.table(text);
        return file.result();
    }

    private void facts(String text) {
        text.lines().filter(line -> line.startsWith("#")).forEach(line -> {
            String[] parts = line.substring(1).strip().split("\\s+", 2);
            String rest = parts.length == 2 ? parts[1].strip() : "";
            if (parts[0].equals("title")) {
                title(rest);
            } else if (parts[0].equals("label")) {
                label(rest);
            } else {
                facts.put(parts[0], rest);
            }
        });
    }

    private void title(String rest) {
        String[] parts = rest.split("\\s+", 2);
        Language.ofCode(parts[0]).filter(language -> parts.length == 2).ifPresent(l -> titles.put(l, parts[1]));
    }

    private void label(String rest) {
        String[] parts = rest.split("\\s+", 3);
        if (parts.length == 3) {
            Language.ofCode(parts[0])
                    .ifPresent(language -> labels.computeIfAbsent(language, l -> new TreeMap<>())
                            .put(parts[1], parts[2]));
        }
    }

    private void table(String text) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setCommentMarker('#')
                .setIgnoreSurroundingSpaces(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (CSVParser parser = format.parse(new StringReader(text))) {
            for (CSVRecord record : parser) {
                List<String> cells =
                        Arrays.stream(record.values()).map(String::strip).toList();
                if (columns.isEmpty()) {
                    head(cells);
                } else if (rows.size() < Table.MOST_ROWS) {
                    row(cells);
                }
            }
        } catch (IOException e) {
            slips.add(Slip.of("csv", e.getMessage()));
        }
    }

    private void head(List<String> cells) {
        for (String cell : cells) {
            column(cell).ifPresentOrElse(columns::add, () -> slips.add(Slip.of("head", cell)));
        }
        if (columns.size() > Table.MOST_COLUMNS) {
            slips.add(Slip.of("too-many-columns", Table.MOST_COLUMNS));
        }
        boolean asks = columns.stream().anyMatch(Column::input);
        boolean answers = columns.stream().anyMatch(column -> !column.input());
        long keys = columns.stream().map(Column::key).distinct().count();
        if (!asks || !answers || keys != columns.size()) {
            slips.add(Slip.of("columns"));
        }
    }

    private static Optional<Column> column(String cell) {
        String[] parts = cell.split(":", 4);
        if (parts.length < 3 || !parts[0].matches("in|out") || !parts[2].matches("[a-z][a-z0-9-]{0,39}")) {
            return Optional.empty();
        }
        boolean input = parts[0].equals("in");
        return Arrays.stream(Column.Type.values())
                .filter(type -> type.code().equals(parts[1]))
                .filter(type -> !input || (type != Column.Type.TEXT && type != Column.Type.YEN))
                .map(type -> new Column(input, type, parts[2], parts.length == 4 ? parts[3].strip() : ""))
                .filter(column -> !input || Condition.domain(column).isPresent())
                .findFirst();
    }

    private void row(List<String> cells) {
        int number = rows.size() + 1;
        if (cells.size() != columns.size()) {
            slips.add(Slip.of("row-length", number, columns.size(), cells.size()));
            return;
        }
        List<Condition> conditions = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            Column column = columns.get(c);
            String cell = cells.get(c);
            if (column.input()) {
                Condition.read(column, cell)
                        .ifPresentOrElse(conditions::add, () -> slips.add(Slip.of("cell", number, column.key(), cell)));
            } else if (!answers(column, cell)) {
                slips.add(Slip.of("cell", number, column.key(), cell));
            }
        }
        rows.add(new Row(cells, conditions));
    }

    private static boolean answers(Column column, String cell) {
        return switch (column.type()) {
            case TEXT, ONE_OF -> cell.length() <= 500;
            case FLAG -> cell.matches("true|false");
            case YEN -> cell.matches("0|[1-9]\\d{0,11}");
            case INTEGER -> cell.matches("-?\\d{1,15}");
            case NUMBER -> cell.matches("-?\\d{1,15}(\\.\\d{1,10})?");
            case DATE -> Condition.value(column, cell).isPresent();
        };
    }

    private Result result() {
        Optional<LocalDate> from = day(facts.getOrDefault("from", ""));
        if (from.isEmpty()) {
            slips.add(Slip.of("from"));
        }
        for (Language language : Language.values()) {
            if (!titles.containsKey(language)) {
                slips.add(Slip.of("title", language.ownName()));
            }
        }
        if (facts.getOrDefault("law", "").isEmpty()) {
            slips.add(Slip.of("law"));
        }
        if (!facts.getOrDefault("department", "").matches("[a-z][a-z-]{1,30}")) {
            slips.add(Slip.of("department"));
        }
        if (rows.isEmpty()) {
            slips.add(Slip.of("empty"));
        }
        if (!slips.isEmpty()) {
            return new Result.Wrong(List.copyOf(slips));
        }
        Table table =
                new Table(titles, facts.get("law"), facts.get("department"), from.orElseThrow(), labels, columns, rows);
        List<Slip> holes = Coverage.check(table.inputs(), rows);
        return holes.isEmpty() ? new Result.Whole(table) : new Result.Wrong(List.copyOf(holes));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
