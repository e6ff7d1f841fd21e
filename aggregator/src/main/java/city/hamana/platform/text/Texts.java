package city.hamana.platform.text;

import java.util.EnumMap;
import java.util.Map;

/**
 * One text in every language, from data rather than from {@link Words}; {@code [水道|すいどう]} is a word with its reading.
 */
public record Texts(Map<Language, String> all) {
    public Texts {
        all = new EnumMap<>(all);
        if (all.size() != Language.values().length) {
            throw new IllegalArgumentException("a text lacks a language, it has " + all.keySet());
        }
    }

    /** Without readings, for attributes, titles and documents. */
    public String plain(Language language) {
        return Words.withoutReadings(all.get(language));
    }

    /** As HTML: everything escaped, readings as {@code <ruby>}. */
    public String markup(Language language) {
        return Words.withReadings(all.get(language));
    }
}
