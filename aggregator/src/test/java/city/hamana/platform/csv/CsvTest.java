package city.hamana.platform.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+81", "-2", "@SUM(A1)", "\tx", "\rx", "=\nx"})
    void whatASpreadsheetWouldTakeForAFormulaIsText(String text) {
        assertEquals("'" + text, Csv.safe(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "湖西市", "1+1=2", "a@b", "'=1", "x\n=1"})
    void anyOtherTextIsLeftAsItIs(String text) {
        assertEquals(text, Csv.safe(text));
    }

    @Test
    void aCellIsQuotedAndItsQuotesAreDoubled() {
        assertEquals("\"say \"\"hello\"\", twice\"", Csv.cell("say \"hello\", twice"));
        assertEquals("\"'=A1\"", Csv.cell("=A1"));
        assertEquals("\"\"", Csv.cell(""));
    }
}
