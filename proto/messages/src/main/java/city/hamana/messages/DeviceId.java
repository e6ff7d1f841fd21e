package city.hamana.messages;

import java.util.regex.Pattern;

/**
 * Names of devices and meters: 1 to 64 of {@code a-z 0-9 - _}, beginning with a letter or digit. Narrow on purpose:
 * an id stands in MQTT topics, file names, URLs, certificate subjects and SQL, and means the same in all of them.
 */
public final class DeviceId {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private DeviceId() {}

    public static boolean valid(String id) {
        return SHAPE.matcher(id).matches();
    }

    /**
     * The id itself.
     *
     * @throws IllegalArgumentException if it is not an id
     */
    public static String check(String id) {
        if (!valid(id)) {
            throw new IllegalArgumentException("not a device or meter id (1 to 64 of a-z 0-9 - _): " + shown(id));
        }
        return id;
    }

    /** A hostile id made fit for a log line. */
    private static String shown(String id) {
        String cut = id.length() > 80 ? id.substring(0, 80) + "…" : id;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
