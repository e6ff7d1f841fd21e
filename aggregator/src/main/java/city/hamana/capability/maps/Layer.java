package city.hamana.capability.maps;

import java.util.List;

/**
 * Features of one kind, as a service registers them.
 *
 * @param id small letters and dashes; its name in addresses and in the API
 * @param words prefix of its words: {@code .name}, {@code .about} and for each property {@code .PROPERTY}; for a coded
 *     one {@code .PROPERTY.CODE} of each value
 * @param audience who may see it
 * @param marker how its points look
 * @param properties those that may be shown and asked for, in order
 */
public record Layer(String id, String words, Audience audience, Marker marker, List<Property> properties) {
    public Layer {
        if (!id.matches("[a-z][a-z-]{1,39}")) {
            throw new IllegalArgumentException("a layer is called by small letters and dashes, not " + id);
        }
        properties = List.copyOf(properties);
    }

    /** Who may see a layer. */
    public enum Audience {
        EVERYONE,
        STAFF
    }

    /** Shape of a point's marker: what a layer is, is told by shape and word, never by colour alone. */
    public enum Marker {
        CIRCLE,
        SQUARE,
        TRIANGLE,
        DIAMOND,
        PIN
    }

    /**
     * A property of the layer's features.
     *
     * @param name small letters, digits and underscores
     * @param coded whether its values are codes that have words
     */
    public record Property(String name, boolean coded) {}
}
