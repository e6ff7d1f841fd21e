package city.hamana.service.roads;

import city.hamana.capability.maps.MapView;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/**
 * The division's queue.
 *
 * @param query of the page's address with its question mark, for the CSV of the same filter
 * @param months reports received, from the event log
 */
public record QueueView(
        String state,
        String category,
        String owner,
        String words,
        String query,
        List<Category> categories,
        List<String> owners,
        List<Report> reports,
        MapView map,
        Around around,
        Map<YearMonth, Long> months) {}
