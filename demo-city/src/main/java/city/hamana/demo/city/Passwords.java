package city.hamana.demo.city;

import city.hamana.link.Pem;
import city.hamana.link.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The sign-ins of one demonstration city, made at random when it is founded and kept in {@code sign-ins.properties},
 * mode 0600; {@code token} is that of the demonstration itself, which looks whether readings arrive.
 */
public record Passwords(String staff, String resident, String token) {
    public static final String STAFF_NAME = "staff";
    public static final String RESIDENT_NAME = "resident";

    private static final String LETTERS = "abcdefghjkmnpqrstvwxyz23456789";
    private static final int PASSWORD_LENGTH = 12;
    private static final int TOKEN_LENGTH = 40;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Reads the file, or makes it. */
    static Passwords of(Path file) {
        if (!Files.exists(file)) {
            Pem.replaceSecret(
                    file,
                    STAFF_NAME + "=" + random(PASSWORD_LENGTH) + "\n" + RESIDENT_NAME + "=" + random(PASSWORD_LENGTH)
                            + "\ntoken=" + random(TOKEN_LENGTH) + "\n");
        }
        Settings settings = Settings.read(file);
        return new Passwords(settings.text(STAFF_NAME), settings.text(RESIDENT_NAME), settings.text("token"));
    }

    /** As the aggregator reads its first users. */
    String initialUsers(String meter) {
        return STAFF_NAME + ":staff+admin+auditor:" + staff + ":suido.manager:鈴木 健\n" + RESIDENT_NAME + ":resident:"
                + resident + ":" + meter + ":湖西 花子/コサイ ハナコ/KOSAI HANAKO\ndemonstration:api:" + token
                + ":readings,metrics\n";
    }

    @Override
    public String toString() {
        return "Passwords[]";
    }

    private static String random(int length) {
        StringBuilder text = new StringBuilder();
        RANDOM.ints(length, 0, LETTERS.length()).forEach(i -> text.append(LETTERS.charAt(i)));
        return text.toString();
    }
}
