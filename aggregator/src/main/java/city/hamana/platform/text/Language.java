package city.hamana.platform.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A language of the pages. Easy Japanese is a text of its own, with readings over the characters. */
public enum Language {
    JA("ja", "ja", Locale.JAPAN, "日本語"),
    EASY_JA("easy-ja", "ja", Locale.JAPAN, "やさしい日本語"),
    PT("pt", "pt-BR", Locale.forLanguageTag("pt-BR"), "Português"),
    EN("en", "en", Locale.UK, "English");

    private final String code;
    private final String tag;
    private final Locale locale;
    private final String ownName;

    Language(String code, String tag, Locale locale, String ownName) {
        this.code = code;
        this.tag = tag;
        this.locale = locale;
        this.ownName = ownName;
    }

    /** What stands in cookies, addresses and file names. */
    public String code() {
        return code;
    }

    /** BCP 47, for the {@code lang} attribute. */
    public String tag() {
        return tag;
    }

    public Locale locale() {
        return locale;
    }

    public String ownName() {
        return ownName;
    }

    public static Optional<Language> ofCode(String code) {
        return Arrays.stream(values()).filter(l -> l.code.equals(code)).findFirst();
    }

    /** The first language of an {@code Accept-Language} header that the pages speak; Japanese when there is none. */
    public static Language accepted(String header) {
        return Arrays.stream(header.split(",", 20))
                .map(part -> part.strip().toLowerCase(Locale.ROOT))
                .map(Language::spoken)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(JA);
    }

    private static Optional<Language> spoken(String range) {
        if (range.startsWith("ja")) {
            return Optional.of(JA);
        }
        if (range.startsWith("pt")) {
            return Optional.of(PT);
        }
        return range.startsWith("en") ? Optional.of(EN) : Optional.empty();
    }
}
