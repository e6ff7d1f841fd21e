package city.hamana.link;

import java.nio.file.Path;

/** A settings file that cannot be used; the message names the file, the key and what is wrong, fit for one line. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private SettingsException(String message) {
        super(message);
    }

    static SettingsException of(Path file, String what) {
        return new SettingsException(file + ": " + what);
    }
}
