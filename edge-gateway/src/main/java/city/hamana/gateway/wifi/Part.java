package city.hamana.gateway.wifi;

import java.util.List;
import java.util.Optional;

/**
 * What an agent says of its device, or of a part of it: a radio, an SSID, an access point of a controller.
 *
 * @param id of its samples: {@code ap-hall}, {@code ap-hall_radio-wlan0}, {@code ap-hall_ssid-guest}
 * @param name as the agent calls it
 * @param up whether it works, as far as the agent tells
 * @param clients associated now; empty where the agent does not tell
 * @param rows counters of octets, one for each row of the agent's table that belongs to it
 * @param uptimeS seconds since its start; empty where the agent does not tell
 */
record Part(
        PartKind kind,
        String id,
        String name,
        boolean up,
        Optional<Long> clients,
        List<Row> rows,
        Optional<Long> uptimeS,
        Facts facts) {
    /**
     * A row's counters.
     *
     * @param key stands for the row's place in the agent's table; holds nothing of it
     */
    record Row(String key, Optional<Counter> in, Optional<Counter> out) {}

    /** What something says of itself; empty texts where it says nothing. */
    record Facts(String vendor, String model, String serial, String software) {
        static final Facts NONE = new Facts("", "", "", "");
    }
}
