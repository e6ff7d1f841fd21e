package city.hamana.service.network;

import city.hamana.platform.html.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page of a leak.
 *
 * @param next where it can go
 * @param undo the step that can be taken back
 * @param typed what was typed into the form of {@code typed.get("act")}
 */
public record LeakPage(
        NetworkLeak leak,
        Dma dma,
        List<LeakStep> steps,
        List<Edge> next,
        Optional<LeakStep> undo,
        Map<String, String> typed,
        List<FieldError> errors) {
    /** What stands in a field of an edge's form: what was typed, else what is known. */
    public String value(Edge edge, String field) {
        if (edge.act().equals(typed.get("act"))) {
            return typed.getOrDefault(field, "");
        }
        Optional<LeakFinding> known = edge.finding() ? leak.finding() : Optional.empty();
        return switch (field) {
            case "kind" -> known.map(LeakFinding::kind).orElse("");
            case "place" -> known.map(LeakFinding::place).orElse("");
            case "m3h" ->
                known.flatMap(LeakFinding::litresPerHour)
                        .map(l -> Double.toString(l / 1e3))
                        .orElse("");
            default -> "";
        };
    }
}
