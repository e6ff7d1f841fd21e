package city.hamana.capability.maps;

import java.util.List;

/**
 * The page of the layers.
 *
 * @param visible those the reader may choose
 * @param words looked for in names; may be empty
 * @param groups the chosen layers' pins, numbered through
 */
public record LayersView(List<Layer> visible, List<Layer> chosen, String words, List<Group> groups, MapView map) {
    /** One layer's part of the list. */
    public record Group(Layer layer, List<Pin> pins) {}
}
