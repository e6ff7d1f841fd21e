package city.hamana.capability.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.hamana.platform.html.FieldError;
import city.hamana.platform.text.Language;
import city.hamana.platform.text.Texts;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer must be. */
class CheckTest {
    private static final Texts LABEL = new Texts(
            Map.of(Language.JA, "問", Language.EASY_JA, "とい", Language.PT, "Pergunta", Language.EN, "Question"));
    /** A Tuesday. */
    private static final Today TODAY =
            new Today(LocalDate.of(2026, 11, 24), day -> day.getDayOfWeek() != DayOfWeek.SUNDAY);

    private static final Check CHECK = new Check(Set.of("9028000"), TODAY, Language.EN);

    @ParameterizedTest
    @CsvSource({
        "NUMBER, ３, 3, ''",
        "NUMBER, 0, 0, range",
        "NUMBER, 100, 100, range",
        "NUMBER, three, three, number",
        "NUMBER, 99999999999999999999, 99999999999999999999, number",
        "YEN, '１２，３00円', 12300, range",
        "YEN, ¥12, 12, ''",
        "DATE, 令和8年11月24日, 2026-11-24, ''",
        "DATE, R8.11.25, 2026-11-25, ''",
        "DATE, 2026/11/23, 2026-11-23, early",
        "DATE, 2026-12-25, 2026-12-25, late",
        "DATE, 2026-11-29, 2026-11-29, closed",
        "DATE, 2026-02-30, 2026-02-30, date",
        "DATE, 令和99年1月, 令和99年1月, date",
        "PHONE, ０５３－５７６－１１１１, 053-576-1111, ''",
        "PHONE, 053ー576ー1111, 053-576-1111, ''",
        "PHONE, +81 53 576 1111, +81 53 576 1111, ''",
        "PHONE, 110, 110, phone",
        "PHONE, 053-576-1111<script>, 053-576-1111<script>, phone",
        "MAIL, name@example.jp, name@example.jp, ''",
        "MAIL, 'name@example.jp,x@y.jp', 'name@example.jp,x@y.jp', mail",
        "MAIL, name@localhost, name@localhost, mail",
        "YES_NO, yes, yes, ''",
        "YES_NO, maybe, maybe, choose",
        "ONE_OF, a, a, ''",
        "ONE_OF, c, c, choose",
        "TEXT, 12345678901, 12345678901, long",
        "TEXT, 'a''; DROP', 'a''; DROP', ''"
    })
    void anAnswerIsKeptInOneFormAndChecked(Field.Type type, String typed, String kept, String wrong) {
        Field field = field(type, true);
        assertEquals(kept, Check.kept(field, typed));
        assertEquals(wrong, error(field, Answers.NONE.with("x", kept)));
    }

    @Test
    void aNameIsNotTouched() {
        String name = "渡邉󠄂 﨑太郎";
        assertEquals(name, Check.kept(field(Field.Type.NAME, true), name));
        assertEquals("", error(field(Field.Type.NAME, true), Answers.NONE.with("x", name)));
        assertEquals("people.names.private", error(field(Field.Type.NAME, true), Answers.NONE.with("x", "\ue000")));
    }

    @Test
    void whatMustBeAnsweredIsAskedForAndWhatNeedNotIsNot() {
        for (Field.Type type : Field.Type.values()) {
            assertEquals(false, error(field(type, true), Answers.NONE).isEmpty(), type.toString());
            assertEquals("", error(field(type, false), Answers.NONE), type.toString());
        }
    }

    @Test
    void anAddressIsATownOfTheCityOrElsewhereAndTheRest() {
        Field field = field(Field.Type.ADDRESS, true);
        assertEquals("", error(field, address("9028000", "1番地")));
        assertEquals("", error(field, address(Answers.OUTSIDE, "東京都")));
        assertEquals("address", error(field, address("9028000", " ")));
        assertEquals("address", error(field, address("0000000", "1番地")));
        assertEquals("address", error(field, address("", "1番地")));
    }

    @Test
    void theSameChoiceTwiceIsNoChoice() {
        assertEquals("", error(field(Field.Type.SEVERAL, true), Answers.NONE.with("x", List.of("a", "b"))));
        assertEquals("choose", error(field(Field.Type.SEVERAL, true), Answers.NONE.with("x", List.of("a", "a"))));
    }

    private static Answers address(String town, String rest) {
        return Answers.NONE.with("x-town", town).with("x-rest", rest);
    }

    private static String error(Field field, Answers answers) {
        return CHECK.error(field, answers)
                .map(FieldError::words)
                .map(words -> words.replace("forms.wrong.", ""))
                .orElse("");
    }

    private static Field field(Field.Type type, boolean must) {
        boolean options = type == Field.Type.ONE_OF || type == Field.Type.SEVERAL;
        return new Field(
                "x",
                type,
                LABEL,
                Optional.empty(),
                must,
                options ? List.of(new Field.Option("a", LABEL), new Field.Option("b", LABEL)) : List.of(),
                Optional.empty(),
                type == Field.Type.TEXT ? 10 : 200,
                1,
                type == Field.Type.YEN ? 1_000 : 20,
                Optional.of("today"),
                Optional.of("today+30"),
                true,
                "",
                List.of(),
                "");
    }
}
