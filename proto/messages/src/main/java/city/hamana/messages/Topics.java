package city.hamana.messages;

import java.util.Optional;

/**
 * MQTT topics between nodes and their gateway: {@code hamana/v1/DEVICE/KIND}. A device publishes under its own name
 * only; the broker holds it to that.
 */
public final class Topics {
    public static final String PREFIX = "hamana/v1/";

    /** What a topic carries, and who writes it. */
    public enum Kind {
        /** An Envelope with a Block; written by the device. */
        BLOCK,
        /** A Status, retained; an empty payload is the last will: the device is gone. Written by the device. */
        STATUS,
        /** An Introduction with the device's certificates, retained; written by the device. */
        CERTIFICATE,
        /** An Attested with a Receipt; written by the gateway, read by the device. */
        RECEIPT,
        /** A Wanted: blocks that city hall asks for again; written by the gateway, read by the device. */
        WANTED,
        /** An Attested with RemoteSettings; written by the gateway, read by the device. */
        SETTINGS,
        /** An Attested with a Command; written by the gateway, read by the device. */
        COMMAND;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A topic taken apart. */
    public record Topic(String device, Kind kind) {}

    private Topics() {}

    public static String of(String device, Kind kind) {
        return PREFIX + DeviceId.check(device) + "/" + kind.word();
    }

    /** The filter that matches this kind of every device. */
    public static String every(Kind kind) {
        return PREFIX + "+/" + kind.word();
    }

    /** The topic's parts; empty when it is none of ours. */
    public static Optional<Topic> parse(String topic) {
        if (!topic.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String[] parts = topic.substring(PREFIX.length()).split("/", -1);
        if (parts.length != 2 || !DeviceId.valid(parts[0])) {
            return Optional.empty();
        }
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(parts[1])) {
                return Optional.of(new Topic(parts[0], kind));
            }
        }
        return Optional.empty();
    }
}
