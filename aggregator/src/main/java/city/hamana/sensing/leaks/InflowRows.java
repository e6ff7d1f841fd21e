package city.hamana.sensing.leaks;

import city.hamana.sensing.inflow.CsvRows;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Rows {@code timestamp,inflow_m3h}, with other columns beside them or not. Nonsense is left out and said. */
final class InflowRows {
    private static final long LONGEST_GAP_DAYS = 400;
    private static final double MOST_M3H = 1e6;

    private final CsvRows rows;
    private final int time;
    private final int inflow;
    private final Consumer<String> refused;
    private Optional<LocalDateTime> last = Optional.empty();

    InflowRows(CsvRows rows, Consumer<String> refused) {
        this.rows = rows;
        this.time = rows.column("timestamp");
        this.inflow = rows.column("inflow_m3h");
        this.refused = refused;
    }

    interface Row {
        void take(LocalDateTime at, double inflow);
    }

    /** Gives every good row on, until there is none; says how many. */
    long forEach(Row row) {
        long taken = 0;
        for (Optional<List<String>> cells = rows.next(); cells.isPresent(); cells = rows.next()) {
            taken += take(cells.orElseThrow(), row) ? 1 : 0;
        }
        return taken;
    }

    private boolean take(List<String> cells, Row row) {
        if (cells.size() <= Math.max(time, inflow)) {
            return refuse(String.join(",", cells), "is no row of this table; rows look like 2026-01-31T13:05:00,123.4");
        }
        Optional<LocalDateTime> at = CsvRows.stamp(cells.get(time));
        if (at.isEmpty()) {
            return refuse(cells.get(time), "has no time that can be read; write it like 2026-01-31T13:05:00");
        }
        if (cells.get(inflow).isEmpty()) {
            return false;
        }
        Optional<Double> value = CsvRows.number(cells.get(inflow)).filter(number -> Math.abs(number) <= MOST_M3H);
        if (value.isEmpty()) {
            return refuse(cells.get(inflow), "is no inflow in m3/h; write a number, or nothing for a gap");
        }
        return inOrder(at.orElseThrow()) && given(at.orElseThrow(), value.orElseThrow(), row);
    }

    private boolean given(LocalDateTime at, double value, Row row) {
        last = Optional.of(at);
        row.take(at, value);
        return true;
    }

    private boolean inOrder(LocalDateTime at) {
        if (last.filter(before -> !at.isAfter(before)).isPresent()) {
            return refuse(at.toString(), "is not after the row before it; sort the rows and leave doubles out");
        }
        if (last.filter(before -> before.until(at, ChronoUnit.DAYS) > LONGEST_GAP_DAYS)
                .isPresent()) {
            return refuse(
                    at.toString(),
                    "is more than %d days after the row before it; begin a new file there".formatted(LONGEST_GAP_DAYS));
        }
        return true;
    }

    private boolean refuse(String text, String wrong) {
        refused.accept(rows.slip(text, wrong));
        return false;
    }
}
