package city.hamana.service.roads;

import java.util.List;

/**
 * The inspector's list.
 *
 * @param templates codes of ready-made sentences
 */
public record InspectView(List<Report> reports, List<String> templates, Around around) {}
