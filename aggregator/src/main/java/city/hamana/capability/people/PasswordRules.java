package city.hamana.capability.people;

import city.hamana.platform.html.FieldError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a new password must be (NIST SP 800-63B-4, §3.1.1.2): long, not one that everybody tries, not made of the owner's own
 * name. No rule about kinds of characters, and no change after a time: both make passwords worse.
 */
final class PasswordRules {
    static final int SHORTEST = 12;
    static final int LONGEST = 200;
    private static final int LEAST_OWN = 4;
    private static final int LEAST_DIFFERENT = 5;
    private static final int SHORTEST_NAME = 3;
    /** What people write for a letter, thinking that it makes a password another. */
    private static final Map<Character, Character> DISGUISES =
            Map.of('0', 'o', '1', 'i', '3', 'e', '4', 'a', '5', 's', '7', 't', '@', 'a', '$', 's', '!', 'i');

    private final List<String> common;

    PasswordRules() {
        common = read();
    }

    /** What is wrong with the password; empty when it may be taken. */
    Optional<FieldError> complaint(String field, String password, Account account) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || password.length() > LONGEST) {
            return Optional.of(FieldError.of(field, "people.password.length", SHORTEST, LONGEST));
        }
        String plain = plain(password);
        if (named(plain, account)) {
            return Optional.of(FieldError.of(field, "people.password.name"));
        }
        boolean usual = plain.chars().distinct().count() < LEAST_DIFFERENT
                || own(plain) < LEAST_OWN
                || own(undisguised(plain)) < LEAST_OWN;
        return usual ? Optional.of(FieldError.of(field, "people.password.common")) : Optional.empty();
    }

    /** How many letters remain without the words that everybody tries, and without figures and signs around them. */
    private int own(String plain) {
        String rest = plain;
        for (String word : common) {
            rest = rest.replace(word, "");
        }
        return (int) rest.codePoints().filter(Character::isLetter).count();
    }

    private static boolean named(String plain, Account account) {
        return Folded.words(List.of(account.name(), account.shown())).stream()
                .filter(word -> word.length() >= SHORTEST_NAME
                        || (word.length() > 1 && word.codePoints().anyMatch(Character::isIdeographic)))
                .anyMatch(plain::contains);
    }

    private static String plain(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static String undisguised(String plain) {
        StringBuilder letters = new StringBuilder(plain.length());
        plain.chars().forEach(c -> letters.append(DISGUISES.getOrDefault((char) c, (char) c)));
        return letters.toString();
    }

    /** The longest first, so that no part of a word hides the whole. */
    private static List<String> read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                PasswordRules.class.getResourceAsStream("common-passwords.txt"), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .sorted(Comparator.comparing(String::length).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
