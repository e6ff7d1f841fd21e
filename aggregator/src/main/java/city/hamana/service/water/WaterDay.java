package city.hamana.service.water;

import gg.jte.Content;
import java.util.List;

/**
 * The page of the waterworks' day.
 *
 * @param panels of other modules
 */
public record WaterDay(List<Content> panels, Overview overview) {}
