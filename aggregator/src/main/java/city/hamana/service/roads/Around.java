package city.hamana.service.roads;

import city.hamana.capability.maps.Feature;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.maps.Place;
import city.hamana.platform.html.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Says where a place is in words that give nobody away: the nearest public building.
 *
 * @param facilities of the city
 */
public record Around(List<Feature> facilities) {
    private static final double FARTHEST_M = 2_000;
    private static final int MOST = 300;

    static Around of(Handle tx, Maps maps) {
        return new Around(maps.all(tx, Maps.FACILITIES, MOST));
    }

    /** 「鷲津駅の近く」; says so when nothing is known. */
    public String words(Page page, Optional<Place> place) {
        return place.flatMap(this::nearest)
                .map(f -> page.plain("roads.near-to", f.name(page.language())))
                .orElseGet(() -> page.plain(place.isPresent() ? "roads.on-map" : "roads.somewhere"));
    }

    private Optional<Feature> nearest(Place place) {
        return facilities.stream()
                .filter(f -> f.place().metresTo(place) <= FARTHEST_M)
                .min(Comparator.comparingDouble(f -> f.place().metresTo(place)));
    }
}
