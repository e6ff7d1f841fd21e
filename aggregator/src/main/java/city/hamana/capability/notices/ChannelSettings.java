package city.hamana.capability.notices;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/** The channels that the city has; those that are absent are off, and the pages say so. */
public record ChannelSettings(Optional<MailServer> mail, Optional<LineAccount> line) {
    public static final ChannelSettings NONE = new ChannelSettings(Optional.empty(), Optional.empty());

    /** How the line to the mail server is kept secret. */
    public enum Security {
        /** Not at all; for a server on the same machine. */
        NONE,
        /** STARTTLS, without which nothing is sent. */
        STARTTLS,
        /** TLS from the first byte. */
        TLS
    }

    /**
     * An SMTP server.
     *
     * @param user empty for a server that asks for none
     * @param from address that letters are from
     */
    public record MailServer(String host, int port, Security security, String user, String password, String from) {
        @Override
        public String toString() {
            return "MailServer " + host + ":" + port;
        }
    }

    /**
     * The city's official account at LINE.
     *
     * @param api {@code https://api.line.me}
     * @param token channel access token
     * @param secret channel secret, by which LINE signs what it tells
     */
    public record LineAccount(URI api, String token, String secret) {
        @Override
        public String toString() {
            return "LineAccount";
        }
    }

    /**
     * A secret from a file that nobody else may read.
     *
     * @throws IllegalArgumentException if others may read it, or it cannot be read
     */
    public static String secret(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(ChannelSettings::others)) {
                throw new IllegalArgumentException(file + ": others may read it; set its mode to 0600");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
    }

    private static boolean others(PosixFilePermission permission) {
        return !permission.name().startsWith("OWNER_");
    }
}
