package city.hamana.capability.maps;

/**
 * A point on a page's map. The list beside the map shows the same ones under the same numbers, in an element with the
 * id {@code pin-ID}.
 *
 * @param number 1, 2, 3 …; the place in the list
 * @param name what a screen reader says of it
 * @param tone its colour, beside the shape: {@code "open"}, {@code "ended"} or {@code "danger"}
 * @param path the page about it; empty when there is none
 */
public record Pin(
        String id, int number, String name, String about, Place place, Layer.Marker marker, String tone, String path) {}
