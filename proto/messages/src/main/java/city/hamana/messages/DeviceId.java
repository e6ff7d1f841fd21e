package city.hamana.messages;

/**
 * Names of devices and meters: 1 to 64 of {@code a-z 0-9 - _}, beginning with a letter or digit. Narrow on purpose:
 * an id stands in MQTT topics, file names, URLs, certificate subjects and SQL, and means the same in all of them.
 */
public final class DeviceId {
    private static final int LONGEST = 64;

    private DeviceId() {}

    public static boolean valid(String id) {
        // Asked for every sample that is made: a loop, for a pattern takes longer than all the rest of it.
        if (id.isEmpty() || id.length() > LONGEST || !plain(id.charAt(0))) {
            return false;
        }
        for (int i = 1; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!plain(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean plain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
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
