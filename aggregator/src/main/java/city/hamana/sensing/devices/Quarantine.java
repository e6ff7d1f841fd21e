package city.hamana.sensing.devices;

import java.util.Map;

/** How much of what devices sent was kept but not accepted. Ingest, which keeps it, knows. */
@FunctionalInterface
public interface Quarantine {
    /** Number of blocks and telegrams by device id; devices without any are absent. */
    Map<String, Long> counts();
}
