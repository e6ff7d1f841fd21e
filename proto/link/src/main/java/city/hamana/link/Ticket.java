package city.hamana.link;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What a device is handed out of band to enrol once: where, as whom, with which one-time code, and by which SHA-256
 * fingerprint (64 hex digits) to know the city's root CA. Without a fingerprint the device must hold {@code ca.pem}.
 */
public record Ticket(URI est, String deviceId, Role role, String code, Optional<String> caFingerprint) {
    private static final int LONGEST_BYTES = 1 << 16;

    /** The fingerprint may be written with colons and in capitals. */
    public Ticket {
        caFingerprint = caFingerprint.map(f -> f.replace(":", "").toLowerCase(Locale.ROOT));
    }

    /**
     * Reads a ticket file: {@code est}, {@code device}, {@code role}, {@code code}, {@code ca-sha256}.
     *
     * @throws SettingsException if a key is missing or wrong
     */
    public static Ticket read(Path file) {
        Settings settings = Settings.read(file);
        Ticket ticket = new Ticket(
                settings.uri("est"),
                settings.text("device"),
                Role.of(settings.text("role"))
                        .orElseThrow(() -> SettingsException.of(file, "role is not one of the city's")),
                settings.text("code"),
                settings.optional("ca-sha256"));
        settings.done();
        return ticket;
    }

    /**
     * Reads a ticket file, or standard input where the name is {@code -}: it may be given to a program that may not open
     * the file itself.
     *
     * @throws SettingsException if a key is missing or wrong
     * @throws IOException if standard input cannot be read
     */
    public static Ticket read(Path file, InputStream standardInput) throws IOException {
        if (!file.toString().equals("-")) {
            return read(file);
        }
        Path copy = Files.createTempFile("ticket", ".properties");
        try {
            Files.write(copy, standardInput.readNBytes(LONGEST_BYTES));
            return read(copy);
        } finally {
            Files.delete(copy);
        }
    }

    /**
     * This ticket, if it is for such a program.
     *
     * @throws EnrolmentException if it is for another
     */
    public Ticket as(Role wanted) {
        if (role != wanted) {
            throw EnrolmentException.of(
                    "the ticket is for a " + role.word() + ", " + deviceId + "; this program is a " + wanted.word());
        }
        return this;
    }

    /** The ticket as such a file. */
    public String text() {
        return "est=" + est + "\ndevice=" + deviceId + "\nrole=" + role.word() + "\ncode=" + code + "\n"
                + caFingerprint.map(f -> "ca-sha256=" + f + "\n").orElse("");
    }

    /** Without the code, which is a secret until it is used. */
    @Override
    public String toString() {
        return "Ticket[" + deviceId + ", " + role.word() + " at " + est + "]";
    }
}
