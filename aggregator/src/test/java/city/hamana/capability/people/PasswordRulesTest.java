package city.hamana.capability.people;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.hamana.platform.html.FieldError;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordRulesTest {
    private static final Account KATO = new Account(7, "h.kato", "加藤 遥", Set.of(), Optional.empty(), "", false);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "blue wat 4, people.password.length",
        "'', people.password.length",
        // Composition does not matter: small letters are enough, and so are words.
        "correct horse battery, ''",
        "むかしむかしあるところに, ''",
        "zzgkxwpltrqv, ''",
        // Long enough, and still what everybody tries.
        "password1234, people.password.common",
        "P@ssw0rd2026!!, people.password.common",
        "ｐａｓｓｗｏｒｄ２０２６, people.password.common",
        "Kosai-City-2026, people.password.common",
        "hamanako hamanako, people.password.common",
        "qwertyuiop12, people.password.common",
        "123456789012, people.password.common",
        "aaaaaaaaaaaaaaaa, people.password.common",
        "abababababababab, people.password.common",
        "Spring2026Summer, people.password.common",
        "iloveyou-iloveyou, people.password.common",
        "湖西市市役所湖西市市役所, people.password.common",
        // The owner's own names.
        "my kato lives here, people.password.name",
        "加藤はここにすんでいますよ, people.password.name"
    })
    void aPasswordIsLongAndNotOneThatEverybodyTries(String password, String complaint) {
        assertEquals(
                complaint,
                new PasswordRules()
                        .complaint("new", password, KATO)
                        .map(FieldError::words)
                        .orElse(""));
    }

    @ParameterizedTest
    @CsvSource({"11, true", "12, false", "200, false", "201, true"})
    void fromTwelveToTwoHundredCharacters(int length, boolean refused) {
        String password = "zq wv kx jy bh mn ".repeat(12).substring(0, length);
        assertEquals(
                refused, new PasswordRules().complaint("new", password, KATO).isPresent());
    }
}
