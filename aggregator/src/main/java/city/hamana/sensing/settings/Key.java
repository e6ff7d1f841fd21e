package city.hamana.sensing.settings;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A setting that can be changed from afar. Which of them a device really takes, and between which limits, the device
 * itself knows; it refuses what it does not take, with its reason.
 */
public enum Key {
    HEARTBEAT("heartbeat-every-ms", Shape.MILLIS, true, false),
    UPLOAD_TIMEOUT("upload-timeout-ms", Shape.MILLIS, true, false),
    BACKOFF("backoff-most-ms", Shape.MILLIS, true, false),
    BATCH_BLOCKS("batch-blocks", Shape.COUNT, true, false),
    BATCH_BYTES("batch-bytes", Shape.BYTES, true, false),
    CITY("city-address", Shape.ADDRESS, true, false),
    POLL("poll-every-ms", Shape.MILLIS, false, true),
    STATUS("status-every-ms", Shape.MILLIS, false, true),
    KEEP_ALIVE("keep-alive-ms", Shape.MILLIS, false, true),
    WINDOW("uplink-window-blocks", Shape.COUNT, false, true),
    RESEND("uplink-resend-ms", Shape.MILLIS, false, true),
    ANSWER("answer-timeout-ms", Shape.MILLIS, false, true),
    BYTE("byte-timeout-ms", Shape.MILLIS, false, true),
    RETRIES("line-retries", Shape.COUNT, false, true),
    SILENT("silent-retry-ms", Shape.MILLIS, false, true),
    GATEWAY("gateway-address", Shape.ADDRESS, false, true),
    QUOTA("journal-quota-bytes", Shape.BYTES, true, true),
    RETAIN("journal-retain-bytes", Shape.BYTES, true, true),
    FLASH("flash-budget-bytes-per-day", Shape.BYTES, true, true),
    EST("est-address", Shape.ADDRESS, true, true);

    /** What a value looks like; its name is the word for its unit. */
    public enum Shape {
        MILLIS,
        BYTES,
        COUNT,
        ADDRESS;

        private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
        private static final int LONGEST = 200;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        private boolean fits(String value) {
            return this == ADDRESS ? address(value) : NUMBER.matcher(value).matches();
        }

        private static boolean address(String value) {
            try {
                URI uri = URI.create(value);
                return value.length() <= LONGEST && uri.getScheme() != null && uri.getHost() != null;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    private final String word;
    private final Shape shape;
    private final boolean gateways;
    private final boolean nodes;

    Key(String word, Shape shape, boolean gateways, boolean nodes) {
        this.word = word;
        this.shape = shape;
        this.gateways = gateways;
        this.nodes = nodes;
    }

    /** As it stands in a settings file. */
    public String word() {
        return word;
    }

    public Shape shape() {
        return shape;
    }

    boolean fits(String value) {
        return shape.fits(value);
    }

    static List<Key> of(boolean gateway) {
        return Arrays.stream(values())
                .filter(key -> gateway ? key.gateways : key.nodes)
                .toList();
    }

    static Optional<Key> ofWord(String word) {
        return Arrays.stream(values()).filter(key -> key.word.equals(word)).findFirst();
    }
}
