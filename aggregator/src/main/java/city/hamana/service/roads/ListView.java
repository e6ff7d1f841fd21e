package city.hamana.service.roads;

import city.hamana.capability.maps.MapView;
import java.util.List;

/** The public list and its map. */
public record ListView(
        String state, String category, List<Category> categories, List<Report> reports, MapView map, Around around) {}
