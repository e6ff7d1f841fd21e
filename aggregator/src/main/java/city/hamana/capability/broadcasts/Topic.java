package city.hamana.capability.broadcasts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a broadcast is about; a resident says no to each by itself. */
public enum Topic {
    DISASTER,
    WATER,
    ROADS,
    CHILDREN,
    HEALTH,
    WASTE,
    BUSINESS,
    CULTURE,
    CITY;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Topic> ofCode(String code) {
        return Arrays.stream(values())
                .filter(topic -> topic.code().equals(code))
                .findFirst();
    }
}
