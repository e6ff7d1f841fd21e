package city.hamana.service.network;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The page of a district.
 *
 * @param inlets its meters, those that lead out of it with a minus
 * @param days the newest first
 * @param curve of the last seven days, for each screen; empty while nothing is known
 * @param nights of the last ninety, likewise
 * @param leaks the newest first
 */
public record AreaPage(
        AreaList.Line line,
        List<String> inlets,
        List<DayLine> days,
        List<FlowChart> curve,
        List<FlowChart> nights,
        List<NetworkLeak> leaks,
        LocalDate today,
        String rule) {
    public Optional<DayLine> balanced() {
        return line.day();
    }
}
