package city.hamana.platform.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of all packages. A package keeps them at {@code words/ja.properties}, {@code easy-ja}, {@code pt} and
 * {@code en} beside its classes, UTF-8. {@code {0}} is replaced by the first argument; {@code [水道|すいどう]} is a word
 * with its reading.
 */
public final class Words {
    private static final Pattern RUBY = Pattern.compile("\\[([^|\\]]+)\\|([^\\]]+)]");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)}");

    private final Map<Language, Map<String, String>> texts;

    private Words(Map<Language, Map<String, String>> texts) {
        this.texts = texts;
    }

    /**
     * The words beside these classes; classes without words are passed over.
     *
     * @throws WordsException if a package lacks a language, or a language a key
     */
    public static Words beside(Collection<Class<?>> anchors) {
        Map<Language, Map<String, String>> texts = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            texts.put(language, new TreeMap<>());
        }
        Set<String> packages = new TreeSet<>();
        for (Class<?> anchor : anchors) {
            if (packages.add(anchor.getPackageName()) && anchor.getResource("words/ja.properties") != null) {
                texts.forEach((language, into) -> load(anchor, language, into));
            }
        }
        requireEven(texts);
        return new Words(texts);
    }

    /**
     * The text without readings, for attributes, titles and CSV.
     *
     * @throws WordsException if no package defines the key
     */
    public String plain(Language language, String key, Object... arguments) {
        return filled(withoutReadings(pattern(language, key)), arguments);
    }

    /** The text as HTML: everything escaped, readings as {@code <ruby>}. */
    public String markup(Language language, String key, Object... arguments) {
        String marked = withReadings(pattern(language, key));
        Object[] safe = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            safe[i] = escaped(String.valueOf(arguments[i]));
        }
        return filled(marked, safe);
    }

    public Set<String> keys() {
        return texts.get(Language.JA).keySet();
    }

    static String withoutReadings(String text) {
        return RUBY.matcher(text).replaceAll("$1");
    }

    static String withReadings(String text) {
        Matcher ruby = RUBY.matcher(escaped(text));
        return ruby.replaceAll("<ruby>$1<rp>(</rp><rt>$2</rt><rp>)</rp></ruby>");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private String pattern(Language language, String key) {
        String pattern = texts.get(language).get(key);
        if (pattern == null) {
            throw WordsException.missingKey(language, key);
        }
        return pattern;
    }

    private static String filled(String pattern, Object... arguments) {
        return ARGUMENT.matcher(pattern).replaceAll(found -> {
            int index = Integer.parseInt(found.group(1));
            return index < arguments.length ? Matcher.quoteReplacement(String.valueOf(arguments[index])) : "…";
        });
    }

    private static void load(Class<?> anchor, Language language, Map<String, String> into) {
        String path = "words/" + language.code() + ".properties";
        try (InputStream bytes = anchor.getResourceAsStream(path)) {
            if (bytes == null) {
                throw WordsException.missingFile(anchor.getPackageName() + "/" + path);
            }
            Properties words = new Properties();
            words.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
            for (String key : words.stringPropertyNames()) {
                if (into.put(key, words.getProperty(key)) != null) {
                    throw WordsException.twice(key);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireEven(Map<Language, Map<String, String>> texts) {
        Set<String> japanese = texts.get(Language.JA).keySet();
        texts.forEach((language, words) -> {
            Set<String> odd = new TreeSet<>(japanese);
            odd.removeAll(words.keySet());
            words.keySet().stream().filter(key -> !japanese.contains(key)).forEach(odd::add);
            if (!odd.isEmpty()) {
                throw WordsException.uneven(language, odd);
            }
        });
    }
}
