package city.hamana.capability.maps;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The registered layers, in the order they came. */
final class Layers {
    private final List<Layer> all = new CopyOnWriteArrayList<>();

    void add(Layer layer) {
        if (named(layer.id()).isPresent()) {
            throw new IllegalArgumentException("the layer " + layer.id() + " is registered twice");
        }
        all.add(layer);
    }

    Optional<Layer> named(String id) {
        return all.stream().filter(layer -> layer.id().equals(id)).findFirst();
    }

    List<Layer> open() {
        return all.stream().filter(l -> l.audience() == Layer.Audience.EVERYONE).toList();
    }

    /** One that everyone may see. */
    Optional<Layer> open(String id) {
        return named(id).filter(layer -> layer.audience() == Layer.Audience.EVERYONE);
    }

    List<Layer> all() {
        return List.copyOf(all);
    }
}
