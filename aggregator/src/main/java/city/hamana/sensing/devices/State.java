package city.hamana.sensing.devices;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a device is, as far as city hall can tell. */
public enum State {
    /** A gateway whose heartbeats come, or a node that its gateway hears. */
    CONNECTED,
    /** A node that its gateway no longer hears. */
    SILENT,
    /** A gateway whose heartbeats stopped. */
    CUT,
    /** A node whose gateway is cut: nobody knows. */
    UNKNOWN;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<State> ofCode(String code) {
        return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
    }
}
