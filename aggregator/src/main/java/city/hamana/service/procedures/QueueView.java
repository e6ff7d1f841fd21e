package city.hamana.service.procedures;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.State;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The queue of a department.
 *
 * @param kinds names by code
 * @param now the city's time
 */
public record QueueView(List<Row> rows, Wish wish, Map<String, String> kinds, List<State> states, Instant now) {
    /**
     * A case in the queue.
     *
     * @param left working days left; empty while the clock stands
     */
    public record Row(
            CaseFile file, String title, String applicant, Optional<Integer> left, boolean overdue, String path) {}

    /**
     * What of the queue is wanted; stands in the address.
     *
     * @param state code; empty for all that are open
     * @param mine whether only those that the reader examines
     */
    public record Wish(String state, String kind, boolean mine, boolean overdue, String text) {
        public String query() {
            return "state=" + state + "&kind=" + kind + (mine ? "&mine=1" : "") + (overdue ? "&overdue=1" : "") + "&q="
                    + URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
