package city.hamana.link;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Settings that city hall has sent, as they are kept beside the settings file, whose values they go before.
 *
 * @param version 0: none were sent
 * @param trial how long city hall has to confirm them, in the program's running time; empty once it has
 * @param values by key
 */
record RemoteOverlay(long version, Optional<Duration> trial, Map<String, String> values) {
    static final RemoteOverlay NONE = new RemoteOverlay(0, Optional.empty(), Map.of());

    private static final int LONGEST_FILE_BYTES = 1 << 18;
    private static final String VERSION = "remote-version";
    private static final String TRIAL = "remote-trial-ms";
    private static final String NOTE =
            " Settings that city hall sends; they go before the file beside this one. Changes made here are lost.";

    RemoteOverlay {
        values = Map.copyOf(values);
    }

    /** The file beside a settings file. */
    static Path fileOf(Path settings) {
        return settings.resolveSibling(settings.getFileName() + ".remote");
    }

    /**
     * Reads a file; one that is not there holds none.
     *
     * @throws SettingsException if it is none of ours
     */
    static RemoteOverlay read(Path file) {
        if (!Files.exists(file)) {
            return NONE;
        }
        Properties lines = new Properties();
        try {
            if (Files.size(file) > LONGEST_FILE_BYTES) {
                throw SettingsException.of(file, "the file is longer than " + LONGEST_FILE_BYTES + " bytes");
            }
            lines.load(new StringReader(Files.readString(file)));
            return parse(lines);
        } catch (IOException | IllegalArgumentException e) {
            throw SettingsException.of(file, "cannot be read: " + e.getMessage());
        }
    }

    private static RemoteOverlay parse(Properties lines) {
        long version = Long.parseLong(String.valueOf(lines.remove(VERSION)));
        Optional<Duration> trial = Optional.ofNullable((String) lines.remove(TRIAL))
                .map(Long::parseLong)
                .map(Duration::ofMillis);
        Map<String, String> values = new TreeMap<>();
        lines.stringPropertyNames().forEach(key -> values.put(key, lines.getProperty(key)));
        return new RemoteOverlay(version, trial, values);
    }

    /** The text of the file. */
    String text() {
        Properties lines = new Properties();
        lines.putAll(values);
        lines.setProperty(VERSION, Long.toString(version));
        trial.ifPresent(limit -> lines.setProperty(TRIAL, Long.toString(limit.toMillis())));
        return text(lines);
    }

    static String text(Properties lines) {
        StringWriter out = new StringWriter();
        try {
            lines.store(out, NOTE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    RemoteOverlay confirmed() {
        return new RemoteOverlay(version, Optional.empty(), values);
    }
}
