package city.hamana.platform.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.hamana.platform.html.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    private final Words words = Words.beside(List.of(Page.class));

    @Test
    void easyJapaneseHasReadingsOverItsCharacters() {
        assertEquals("<ruby>湖西市<rp>(</rp><rt>こさいし</rt><rp>)</rp></ruby>", words.markup(Language.EASY_JA, "page.city"));
        assertEquals("湖西市", words.plain(Language.EASY_JA, "page.city"));
    }

    @Test
    void argumentsAreEscapedInMarkupOnly() {
        assertEquals("Version &lt;b&gt;", words.markup(Language.EN, "page.version", "<b>"));
        assertEquals("Version <b>", words.plain(Language.EN, "page.version", "<b>"));
    }

    @Test
    void aWordNobodyDefinedIsAFault() {
        assertThrows(WordsException.class, () -> words.plain(Language.JA, "page.unheard-of"));
    }

    @Test
    void theBrowsersFirstKnownLanguageCounts() {
        assertEquals(Language.PT, Language.accepted("fr-FR, pt-BR;q=0.9, en;q=0.8"));
        assertEquals(Language.JA, Language.accepted(""));
    }
}
