package city.hamana.link;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One program's settings file: lines of {@code key=value}, keys in lower-case-with-dashes, UTF-8. A program reads it
 * once, at start, into a record of its own; an unknown key is an error, so that a typing slip cannot pass in silence.
 * Relative paths are taken from the file's folder.
 */
public final class Settings {
    private static final int LONGEST_FILE_BYTES = 1 << 20;

    private final Path file;
    private final Properties values;
    private final Set<String> asked = new TreeSet<>();

    private Settings(Path file, Properties values) {
        this.file = file;
        this.values = values;
    }

    /**
     * Reads a file, and over it what city hall has sent ({@link SettingsKeeper}).
     *
     * @throws SettingsException if it cannot be read
     */
    public static Settings read(Path file) {
        return read(file, RemoteOverlay.read(RemoteOverlay.fileOf(file)));
    }

    static Settings read(Path file, RemoteOverlay remote) {
        Properties values = new Properties();
        try {
            if (Files.size(file) > LONGEST_FILE_BYTES) {
                throw SettingsException.of(file, "the file is longer than " + LONGEST_FILE_BYTES + " bytes");
            }
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                values.load(reader);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw SettingsException.of(file, "cannot be read: " + e.getMessage());
        }
        values.putAll(remote.values());
        return new Settings(file.toAbsolutePath(), values);
    }

    public String text(String key) {
        return optional(key).orElseThrow(() -> SettingsException.of(file, key + " is missing"));
    }

    public String text(String key, String otherwise) {
        return optional(key).orElse(otherwise);
    }

    public Optional<String> optional(String key) {
        asked.add(key);
        return Optional.ofNullable(values.getProperty(key)).map(String::strip).filter(v -> !v.isEmpty());
    }

    /** A whole number in a range, both ends included. */
    public long number(String key, long otherwise, long least, long most) {
        long value = optional(key)
                .map(v -> parse(key, v, "a whole number", Long::parseLong))
                .orElse(otherwise);
        if (value < least || value > most) {
            throw SettingsException.of(file, key + " is " + value + ", outside " + least + " to " + most);
        }
        return value;
    }

    public Duration millis(String key, long otherwise, long least, long most) {
        return Duration.ofMillis(number(key, otherwise, least, most));
    }

    public boolean yes(String key, boolean otherwise) {
        return optional(key)
                .map(v -> parse(key, v, "true or false", w -> switch (w) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException();
                }))
                .orElse(otherwise);
    }

    /** One of an enum's names, in lower case. */
    public <E extends Enum<E>> E choice(String key, E otherwise) {
        return optional(key)
                .map(v -> parse(
                        key,
                        v,
                        "one of " + List.of(otherwise.getDeclaringClass().getEnumConstants()),
                        w -> Enum.valueOf(otherwise.getDeclaringClass(), w.toUpperCase(Locale.ROOT))))
                .orElse(otherwise);
    }

    /**
     * A value of the program's own kind.
     *
     * @param shape what it must be, as the refusal says it
     * @param parser throws IllegalArgumentException for what it is not
     */
    public <T> T parsed(String key, String otherwise, String shape, Function<String, T> parser) {
        return parse(key, text(key, otherwise), shape, parser);
    }

    public Path path(String key) {
        return resolve(text(key));
    }

    public Path path(String key, String otherwise) {
        return resolve(text(key, otherwise));
    }

    public URI uri(String key) {
        return parse(key, text(key), "an address", URI::create);
    }

    public Optional<URI> optionalUri(String key) {
        return optional(key).map(value -> parse(key, value, "an address", URI::create));
    }

    public ZoneId zone(String key, String otherwise) {
        try {
            return ZoneId.of(text(key, otherwise));
        } catch (DateTimeException e) {
            throw SettingsException.of(file, key + " is no time zone: " + text(key, otherwise));
        }
    }

    /**
     * The city's clock: {@code clock-real-origin}, {@code clock-city-origin} and {@code clock-speed}, or the system's
     * where they are absent. {@code clock-offset-file} lets a fault run set it while the program runs.
     */
    public Clock clock() {
        Clock clock = withoutOffset();
        return optional("clock-offset-file")
                .<Clock>map(name -> new OffsetClock(clock, resolve(name)))
                .orElse(clock);
    }

    private Clock withoutOffset() {
        Optional<String> realOrigin = optional("clock-real-origin");
        Optional<String> cityOrigin = optional("clock-city-origin");
        int speed = (int) number("clock-speed", 1, 1, 100_000);
        if (realOrigin.isEmpty() || cityOrigin.isEmpty()) {
            return Clock.systemUTC();
        }
        return ScaledClock.of(
                parse("clock-real-origin", realOrigin.get(), "an instant", Instant::parse),
                parse("clock-city-origin", cityOrigin.get(), "an instant", Instant::parse),
                speed);
    }

    /**
     * To be called when everything has been asked for.
     *
     * @throws SettingsException if the file holds a key that nobody asked for
     */
    public void done() {
        for (String key : new TreeSet<>(values.stringPropertyNames())) {
            if (!asked.contains(key)) {
                throw SettingsException.of(file, key + " is not a setting of this program; it knows " + asked);
            }
        }
    }

    private Path resolve(String path) {
        return file.getParent().resolve(path).normalize();
    }

    private <T> T parse(String key, String value, String shape, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw SettingsException.of(file, key + " is not " + shape + ": " + value);
        }
    }
}
