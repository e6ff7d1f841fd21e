package city.hamana.service.roads;

import city.hamana.capability.maps.Place;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A report that is being written. Texts as they were typed, empty where nothing was.
 *
 * @param longitude degrees; with latitude both or neither
 * @param placeFrom the text "photo" when a photo said where it was taken
 * @param photos how many are kept with it
 */
public record Draft(
        String longitude,
        String latitude,
        String placeFrom,
        String landmark,
        String category,
        Map<String, List<String>> answers,
        String detail,
        String mail,
        int photos) {
    static final Draft EMPTY = new Draft("", "", "", "", "", Map.of(), "", "", 0);

    @JsonIgnore
    public Optional<Place> place() {
        return Place.of(longitude, latitude);
    }

    Draft withPhoto(Optional<Place> where) {
        return new Draft(
                where.map(p -> Double.toString(p.longitude())).orElse(longitude),
                where.map(p -> Double.toString(p.latitude())).orElse(latitude),
                where.isPresent() ? "photo" : placeFrom,
                landmark,
                category,
                answers,
                detail,
                mail,
                photos + 1);
    }

    Draft at(String otherLongitude, String otherLatitude, String otherLandmark) {
        String from = otherLongitude.equals(longitude) && otherLatitude.equals(latitude) ? placeFrom : "";
        return new Draft(otherLongitude, otherLatitude, from, otherLandmark, category, answers, detail, mail, photos);
    }

    Draft of(String otherCategory) {
        Map<String, List<String>> kept = otherCategory.equals(category) ? answers : Map.of();
        return new Draft(longitude, latitude, placeFrom, landmark, otherCategory, kept, detail, mail, photos);
    }

    Draft saying(Map<String, List<String>> answers, String detail, String mail) {
        return new Draft(longitude, latitude, placeFrom, landmark, category, answers, detail, mail, photos);
    }
}
