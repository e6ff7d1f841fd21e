package city.hamana.capability.notices;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/** The channels that the city has; those that are absent are off, and the pages say so. */
public record ChannelSettings(Optional<MailServer> mail, Optional<LineAccount> line, Optional<PushSender> push) {
    public static final ChannelSettings NONE =
            new ChannelSettings(Optional.empty(), Optional.empty(), Optional.empty());

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
     * By what push services of browsers know the city (VAPID, RFC 8292).
     *
     * @param keyFile its pair on P-256 (JWK), made when it is not there; several aggregators need the same file
     * @param contact {@code mailto:…} or {@code https://…}, for who runs a push service and has something to say
     * @param anywhere whether services without TLS and inside the own network are taken, which no city wants: for tests
     */
    public record PushSender(Path keyFile, String contact, boolean anywhere) {
        public PushSender {
            if (!contact.matches("(mailto:|https://)\\S+")) {
                throw new IllegalArgumentException("a contact is mailto:… or https://…, not " + contact);
            }
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
