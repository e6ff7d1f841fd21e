package city.hamana.capability.people;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How somebody is called. Each form is one field: a name is never split in two, for many people have none to split, and
 * never normalised, for the form of its characters is its bearer's (戸籍):
 * a variation selector or a compatibility ideograph (U+FA19) that Unicode's normal forms would change stays. Only the
 * search looks at folded copies.
 *
 * @param written as the bearer writes it, never empty
 * @param kana reading (フリガナ), or empty
 * @param latin in Latin letters, as in the residence card or passport, or empty
 */
public record Names(String written, String kana, String latin) {
    /** In characters as a reader counts them: one with a variation selector is one. */
    public static final int LONGEST = 200;

    static final int LONGEST_UNITS = 800;
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    /** @throws IllegalArgumentException if {@link #complaint} has one; forms ask it first */
    public Names {
        if (written.isBlank()) {
            throw new IllegalArgumentException("a name is not empty");
        }
        for (String form : new String[] {written, kana, latin}) {
            complaint(form).ifPresent(key -> {
                throw new IllegalArgumentException(key);
            });
        }
    }

    /**
     * What is wrong with one form of a name, as a key of words; empty when nothing is. Every script is taken. Refused are
     * characters that mean something on one machine only (外字 of the private use areas: another reader would see another
     * character or none), control characters, and what was broken on its way.
     */
    public static Optional<String> complaint(String text) {
        if (text.length() > LONGEST_UNITS || CHARACTER.matcher(text).results().count() > LONGEST) {
            return Optional.of("people.names.long");
        }
        return text.codePoints().boxed().flatMap(c -> complaint(c).stream()).findFirst();
    }

    private static Optional<String> complaint(int character) {
        return switch (Character.getType(character)) {
            case Character.PRIVATE_USE -> Optional.of("people.names.private");
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                Optional.of("people.names.control");
            case Character.SURROGATE -> Optional.of("people.names.broken");
            default ->
                character == 0xFFFD || (character & 0xFFFE) == 0xFFFE
                        ? Optional.of("people.names.broken")
                        : Optional.empty();
        };
    }
}
