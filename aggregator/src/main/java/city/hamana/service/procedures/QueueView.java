package city.hamana.service.procedures;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.cases.State;
import city.hamana.capability.forms.Field;
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
 * @param columns of the kind that is shown, as its definition says; none when all kinds are
 * @param now the city's time
 */
public record QueueView(
        List<Row> rows, Wish wish, Map<String, String> kinds, List<State> states, List<Field> columns, Instant now) {
    /**
     * A case in the queue.
     *
     * @param left working days left; empty while the clock stands
     * @param cells answers of the columns, as people read them
     */
    public record Row(
            CaseFile file,
            String title,
            String applicant,
            Optional<Integer> left,
            boolean overdue,
            String path,
            List<String> cells) {}

    /**
     * What of the queue is wanted; stands in the address.
     *
     * @param state code; empty for all that are open
     * @param mine whether only those that the reader examines
     * @param sort column, with {@code -} before it from the last to the first; empty for the most urgent first
     */
    public record Wish(String state, String kind, boolean mine, boolean overdue, String text, String sort) {
        /** The same, sorted by this column; a second time the other way round. */
        public String sorted(String column) {
            String by = sort.equals(column) ? "-" + column : column;
            return new Wish(state, kind, mine, overdue, text, by).query();
        }

        /** For {@code aria-sort}. */
        public String order(String column) {
            return sort.equals(column) ? "ascending" : sort.equals("-" + column) ? "descending" : "none";
        }

        public String query() {
            return "state=" + state + "&kind=" + kind + (mine ? "&mine=1" : "") + (overdue ? "&overdue=1" : "")
                    + (sort.isEmpty() ? "" : "&sort=" + sort) + "&q="
                    + URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
