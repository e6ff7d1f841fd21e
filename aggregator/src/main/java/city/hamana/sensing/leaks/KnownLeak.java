package city.hamana.sensing.leaks;

import city.hamana.sensing.inflow.CsvRows;
import city.hamana.sensing.inflow.InflowException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A leak that the crew knows of, to compare with what was found.
 *
 * @param end when it was repaired; none while it is open
 */
public record KnownLeak(LocalDateTime start, Optional<LocalDateTime> end) {
    private static final int MOST = 100_000;

    /**
     * Reads a table with the columns {@code start,end}; an empty end is a leak still open.
     *
     * @throws InflowException naming the first row that cannot be read
     */
    public static List<KnownLeak> read(Path file) {
        try (CsvRows rows = CsvRows.open(file)) {
            int start = rows.column("start");
            int end = rows.column("end");
            List<KnownLeak> known = new ArrayList<>();
            for (Optional<List<String>> row = rows.next(); row.isPresent() && known.size() < MOST; row = rows.next()) {
                List<String> cells = row.orElseThrow();
                String from = cells.size() > start ? cells.get(start) : "";
                String until = cells.size() > end ? cells.get(end) : "";
                known.add(new KnownLeak(
                        time(rows, from),
                        Optional.of(until).filter(text -> !text.isEmpty()).map(text -> time(rows, text))));
            }
            return known;
        }
    }

    private static LocalDateTime time(CsvRows rows, String text) {
        return CsvRows.stamp(text)
                .orElseThrow(() -> new InflowException(rows.slip(text, "is no time; write it like 2026-01-31 13:05")));
    }

    boolean lasts(LocalDateTime at) {
        return !at.isBefore(start) && end.map(at::isBefore).orElse(true);
    }
}
