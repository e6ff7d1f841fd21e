package city.hamana.capability.notices;

import city.hamana.platform.text.Language;
import java.util.Map;

/**
 * The same to many, in texts that staff wrote.
 *
 * @param party one of the many
 * @param texts one in every language
 * @param link path on this site where it goes on, or empty
 * @param once the same twice goes out once; at most 200 characters
 * @param letterFrom division that posts a letter to whom nothing else reaches; empty for no letters
 * @param stop path on this site where the recipient ends messages of this kind without signing in
 */
public record Announcement(
        String party,
        Map<Language, Text> texts,
        String link,
        Urgency urgency,
        String once,
        String letterFrom,
        String stop) {
    /** What is written in one language. */
    public record Text(String subject, String text) {}

    public Announcement {
        texts = Map.copyOf(texts);
    }
}
