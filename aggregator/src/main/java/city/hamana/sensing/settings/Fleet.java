package city.hamana.sensing.settings;

import city.hamana.messages.v1.Status;
import java.util.Optional;

/** What is known of a device: for whom settings can be issued at all. */
@FunctionalInterface
public interface Fleet {
    /**
     * A device.
     *
     * @param status its last one
     */
    record Known(boolean gateway, Status status) {}

    Optional<Known> device(String id);
}
