package city.hamana.capability.people;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words for searching: without forms of characters, accents, capital letters and the difference of hiragana and katakana.
 * What a name is made of stays in its own column; from here nothing is ever shown.
 */
final class Folded {
    private static final int LONGEST_WORD = 60;
    private static final int MOST_WORDS = 40;
    private static final Pattern SELECTORS = Pattern.compile("[\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]");
    private static final Pattern ACCENTS = Pattern.compile("[\\x{0300}-\\x{036F}]");
    private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}\\p{P}]+");
    /** Forms of one character that Unicode keeps apart and a clerk at the counter does not. */
    private static final Map<Integer, Integer> FORMS = forms(
            "辺邊邉", "斎齋斉齊", "高髙", "崎﨑嵜", "浜濱濵", "沢澤", "広廣", "桜櫻", "恵惠", "国國", "島嶋嶌", "吉𠮷", "富冨", "竜龍", "滝瀧", "関關", "条條",
            "実實", "会會", "寿壽", "徳德", "栄榮", "学學", "真眞", "橋𣘺", "柳栁");

    private Folded() {}

    /** Each word of the text, and all of them together. */
    static Set<String> words(List<String> texts) {
        Set<String> words = new LinkedHashSet<>();
        for (String text : texts) {
            String folded = fold(text);
            words.add(cut(BETWEEN.matcher(folded).replaceAll("")));
            BETWEEN.splitAsStream(folded).map(Folded::cut).forEach(words::add);
        }
        words.remove("");
        return words.size() <= MOST_WORDS
                ? words
                : new LinkedHashSet<>(words.stream().limit(MOST_WORDS).toList());
    }

    /** The words somebody typed, at most {@code most}. */
    static List<String> typed(String text, int most) {
        return BETWEEN.splitAsStream(fold(text))
                .filter(word -> !word.isEmpty())
                .map(Folded::cut)
                .distinct()
                .limit(most)
                .toList();
    }

    static String fold(String text) {
        String bare = SELECTORS.matcher(text).replaceAll("");
        String parts = Normalizer.normalize(bare, Normalizer.Form.NFKD);
        String whole = Normalizer.normalize(ACCENTS.matcher(parts).replaceAll(""), Normalizer.Form.NFKC);
        StringBuilder folded = new StringBuilder(whole.length());
        whole.toLowerCase(Locale.ROOT).codePoints().map(Folded::plain).forEach(folded::appendCodePoint);
        return folded.toString();
    }

    /** Katakana as hiragana, and the usual form of a character. */
    private static int plain(int character) {
        return character >= 'ァ' && character <= 'ヶ' ? character - 'ァ' + 'ぁ' : FORMS.getOrDefault(character, character);
    }

    private static String cut(String word) {
        return word.length() <= LONGEST_WORD ? word : word.substring(0, word.offsetByCodePoints(0, LONGEST_WORD / 2));
    }

    private static Map<Integer, Integer> forms(String... groups) {
        Map<Integer, Integer> usual = new HashMap<>();
        for (String group : groups) {
            group.codePoints().forEach(form -> usual.put(form, group.codePointAt(0)));
        }
        return Map.copyOf(usual);
    }
}
