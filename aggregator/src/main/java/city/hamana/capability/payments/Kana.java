package city.hamana.capability.payments;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Names as banks write them: half-width kana without small letters, capitals, figures and few signs (全銀協: 口座振替の
 * レコード・フォーマット). Kept here at the border; names elsewhere stay as people write them.
 */
final class Kana {
    private static final String FULL = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
    private static final String HALF = "｡｢｣､･ｦｱｲｳｴｵﾔﾕﾖﾂ-ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ";
    private static final String TAKEN = "[0-9A-Zｱ-ﾝﾞﾟ ()\\-./\\\\｢｣,]*";
    private static final int HIRAGANA_TO_KATAKANA = 'ァ' - 'ぁ';

    private Kana() {}

    /** Whether banks take it as it is. */
    static boolean taken(String text) {
        return text.matches(TAKEN);
    }

    /** The text as banks write it; empty where it holds something else, as kanji. */
    static Optional<String> of(String text) {
        // Half-width to full-width and to base letter and mark: one form of the many in which people type kana.
        String parts =
                Normalizer.normalize(Normalizer.normalize(text.strip(), Normalizer.Form.NFKC), Normalizer.Form.NFD);
        StringBuilder half = new StringBuilder();
        parts.codePoints().forEach(letter -> half.append(half(letter)));
        String written = half.toString().toUpperCase(Locale.ROOT);
        return taken(written) ? Optional.of(written) : Optional.empty();
    }

    private static String half(int letter) {
        if (letter == '\u3099') {
            return "ﾞ";
        }
        if (letter == '\u309A') {
            return "ﾟ";
        }
        int katakana = letter >= 'ぁ' && letter <= 'ん' ? letter + HIRAGANA_TO_KATAKANA : letter;
        int place = FULL.indexOf(katakana);
        return place < 0 ? Character.toString(katakana == '\u3000' ? ' ' : katakana) : HALF.substring(place, place + 1);
    }
}
