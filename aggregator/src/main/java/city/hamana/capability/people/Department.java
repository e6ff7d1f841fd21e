package city.hamana.capability.people;

import city.hamana.platform.text.Language;
import java.util.Map;

/**
 * A division (課) of city hall.
 *
 * @param names one in every language
 * @param phone empty until the city has set it
 */
public record Department(String code, Map<Language, String> names, String phone) {
    public Department {
        names = Map.copyOf(names);
    }

    public String name(Language language) {
        return names.get(language);
    }
}
