package city.hamana.service.roads;

import city.hamana.capability.cases.Attached;
import city.hamana.capability.maps.MapView;
import java.util.List;

/**
 * A report for who may read it.
 *
 * @param secret of its sender's own page; empty on the public one
 * @param photos for its sender only
 * @param said what was just done: {@code supported}, {@code asked}, {@code new}; empty for nothing
 */
public record ReportView(
        Report report,
        Category category,
        List<Step> steps,
        MapView map,
        Around around,
        String secret,
        List<Attached> photos,
        String said,
        boolean wrongMail) {}
