package city.hamana.sensing.settings;

import city.hamana.sensing.settings.Fleet.Known;
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
    HEARTBEAT("heartbeat-every-ms", Shape.MILLIS, Of.GATEWAY),
    UPLOAD_TIMEOUT("upload-timeout-ms", Shape.MILLIS, Of.GATEWAY),
    BACKOFF("backoff-most-ms", Shape.MILLIS, Of.GATEWAY),
    BATCH_BLOCKS("batch-blocks", Shape.COUNT, Of.GATEWAY),
    BATCH_BYTES("batch-bytes", Shape.BYTES, Of.GATEWAY),
    CITY("city-address", Shape.ADDRESS, Of.GATEWAY),
    SNMP_POLL("snmp-poll-every-ms", Shape.MILLIS, Of.GATEWAY),
    SNMP_TIMEOUT("snmp-timeout-ms", Shape.MILLIS, Of.GATEWAY),
    SNMP_RETRIES("snmp-retries", Shape.COUNT, Of.GATEWAY),
    READ_EVERY("read-every-s", Shape.SECONDS, Of.METERS),
    READ_SPREAD("read-spread-s", Shape.SECONDS, Of.METERS),
    POLL("poll-every-ms", Shape.MILLIS, Of.METERS),
    BYTE("byte-timeout-ms", Shape.MILLIS, Of.METERS),
    RETRIES("line-retries", Shape.COUNT, Of.METERS),
    SILENT("silent-retry-ms", Shape.MILLIS, Of.METERS),
    CAUTION("caution-mm", Shape.MILLIMETRES, Of.SENSORS),
    CLOSE("close-mm", Shape.MILLIMETRES, Of.SENSORS),
    HYSTERESIS("hysteresis-mm", Shape.MILLIMETRES, Of.SENSORS),
    TOLERANCE("tolerance-mm", Shape.MILLIMETRES, Of.SENSORS),
    CLEAR("clear-after-s", Shape.SECONDS, Of.SENSORS),
    RISE("rise-within-s", Shape.SECONDS, Of.SENSORS),
    SIREN("siren-for-s", Shape.SECONDS, Of.SENSORS),
    DRY("dry-every-ms", Shape.MILLIS, Of.SENSORS),
    WET("wet-every-ms", Shape.MILLIS, Of.SENSORS),
    ANALYSERS("analyser-poll-ms", Shape.MILLIS, Of.SENSORS),
    ANSWER("answer-timeout-ms", Shape.MILLIS, Of.NODES),
    STATUS("status-every-ms", Shape.MILLIS, Of.NODES),
    KEEP_ALIVE("keep-alive-ms", Shape.MILLIS, Of.NODES),
    WINDOW("uplink-window-blocks", Shape.COUNT, Of.NODES),
    RESEND("uplink-resend-ms", Shape.MILLIS, Of.NODES),
    GATEWAY("gateway-address", Shape.ADDRESS, Of.NODES),
    QUOTA("journal-quota-bytes", Shape.BYTES, Of.ALL),
    RETAIN("journal-retain-bytes", Shape.BYTES, Of.ALL),
    FLASH("flash-budget-bytes-per-day", Shape.BYTES, Of.ALL),
    EST("est-address", Shape.ADDRESS, Of.ALL);

    /** Whose setting it is. */
    enum Of {
        GATEWAY,
        METERS,
        SENSORS,
        NODES,
        ALL;

        private boolean has(Known device) {
            boolean sensors = device.status().getSoftware().startsWith("sensor-node");
            return switch (this) {
                case GATEWAY -> device.gateway();
                case METERS -> !device.gateway() && !sensors;
                case SENSORS -> !device.gateway() && sensors;
                case NODES -> !device.gateway();
                case ALL -> true;
            };
        }
    }

    /** What a value looks like; its name is the word for its unit. */
    public enum Shape {
        MILLIS,
        SECONDS,
        MILLIMETRES,
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
    private final Of of;

    Key(String word, Shape shape, Of of) {
        this.word = word;
        this.shape = shape;
        this.of = of;
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

    static List<Key> of(Known device) {
        return Arrays.stream(values()).filter(key -> key.of.has(device)).toList();
    }

    static Optional<Key> ofWord(String word) {
        return Arrays.stream(values()).filter(key -> key.word.equals(word)).findFirst();
    }
}
