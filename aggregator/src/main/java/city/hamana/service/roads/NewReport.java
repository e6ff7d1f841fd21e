package city.hamana.service.roads;

import city.hamana.capability.maps.Place;
import city.hamana.platform.text.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody reports; checked by who made it.
 *
 * @param source {@code web}, {@code staff} or {@code open311}
 * @param photos id of the draft that holds them; empty for none
 */
record NewReport(
        Category category,
        Optional<Place> place,
        String landmark,
        String detail,
        Map<String, List<String>> answers,
        Language language,
        String source,
        String mediaUrl,
        String mail,
        String photos) {}
