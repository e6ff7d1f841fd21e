package city.hamana.service.network;

import city.hamana.capability.maps.Place;
import city.hamana.platform.text.Language;

/**
 * A district of the network whose inflow is metered.
 *
 * @param code capital letters, digits and dashes
 * @param name as the waterworks call it; the other names may be empty
 * @param connections with and without a meter that tells
 */
public record Dma(
        String code, String name, String easyName, String ptName, String enName, Place place, int connections) {
    static final String CODES = "[A-Z0-9][A-Z0-9-]{0,19}";

    /** In the reader's language; its own name where there is none. */
    public String name(Language language) {
        String other = switch (language) {
            case JA -> name;
            case EASY_JA -> easyName;
            case PT -> ptName;
            case EN -> enName;
        };
        return other.isEmpty() ? name : other;
    }

    String subject() {
        return "dma:" + code;
    }

    /** Of its feature on the map. */
    public String feature() {
        return "dma-" + code;
    }
}
