package city.hamana.service.quality;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The page of all places.
 *
 * @param unknown analysers that have values and are no place yet
 */
public record PointList(List<Line> lines, List<String> unknown, LocalDate day) {
    /** A place, what is the case there, and the day's check. */
    public record Line(Point point, Finding finding, Limits limits, Optional<Check> today) {}

    public long unchecked() {
        return lines.stream().filter(line -> line.today().isEmpty()).count();
    }
}
