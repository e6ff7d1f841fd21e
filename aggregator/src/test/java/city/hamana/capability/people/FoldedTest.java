package city.hamana.capability.people;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldedTest {
    @Test
    void formsKanaAccentsAndCapitalsMakeNoDifference() {
        assertEquals(Folded.fold("渡辺"), Folded.fold("渡邉\uDB40\uDD02"));
        assertEquals(Folded.fold("髙﨑"), Folded.fold("高崎"));
        assertEquals("がっこう", Folded.fold("ガッコウ"));
        assertEquals("がっこう", Folded.fold("ｶﾞｯｺｳ"));
        assertEquals("joao", Folded.fold("JOÃO"));
        assertEquals("\u795E", Folded.fold("\uFA19"));
    }

    @Test
    void aNameIsFoundByEachOfItsWordsAndWithoutSpaces() {
        assertEquals(List.of("すずきひろし", "すずき", "ひろし"), List.copyOf(Folded.words(List.of("スズキ　ヒロシ"))));
        assertEquals(List.of("oneill", "o", "neill"), List.copyOf(Folded.words(List.of("O'Neill"))));
    }

    @Test
    void whatIsTypedIsCutInFewWords() {
        assertEquals(List.of("a", "b", "c"), Folded.typed(" a b a c d e", 3));
        assertEquals(List.of(), Folded.typed(" ・ ", 3));
        assertEquals(30, Folded.typed("あ".repeat(500), 3).getFirst().length());
    }
}
