package city.hamana.capability.maps;

import java.net.URI;
import java.util.Optional;

/**
 * Pictures of the ground behind the maps.
 *
 * @param template {@code https://host/{z}/{x}/{y}.png}; empty for none
 * @param attribution what their licence asks to be shown
 */
public record Tiles(String template, String attribution) {
    public static final Tiles NONE = new Tiles("", "");

    public Tiles {
        if (!template.isEmpty() && !template.matches("https://[a-z0-9.-]+(:\\d+)?/[A-Za-z0-9._/{}-]+")) {
            throw new IllegalArgumentException("map-tiles is not https://host/{z}/{x}/{y}.png: " + template);
        }
    }

    /** {@code https://host}, which the page's policy has to allow. */
    public Optional<String> origin() {
        if (template.isEmpty()) {
            return Optional.empty();
        }
        URI address = URI.create(template.replaceAll("[{}]", ""));
        return Optional.of("https://" + address.getRawAuthority());
    }
}
