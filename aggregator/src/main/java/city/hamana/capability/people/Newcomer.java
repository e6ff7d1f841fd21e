package city.hamana.capability.people;

import city.hamana.platform.text.Language;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody who is about to register.
 *
 * @param mail address that was shown to work, or empty
 * @param to path to go to afterwards
 * @param identity that was proved, if one was
 */
record Newcomer(String mail, String to, Optional<Identity> identity) {
    /** As it is kept in a step: one line for each. */
    String data() {
        return String.join(
                "\n",
                mail,
                to,
                identity.map(Identity::issuer).orElse(""),
                identity.map(Identity::subject).orElse(""),
                identity.map(Identity::name).orElse("").replace("\n", " "),
                identity.flatMap(Identity::born).map(LocalDate::toString).orElse(""));
    }

    static Newcomer of(Steps.Step step) {
        String[] lines = step.data().split("\n", -1);
        Optional<LocalDate> born = lines[5].isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(lines[5]));
        Optional<Identity> identity =
                lines[3].isEmpty() ? Optional.empty() : Optional.of(new Identity(lines[2], lines[3], lines[4], born));
        return new Newcomer(lines[0], lines[1], identity);
    }

    /** The form with what is known already. */
    Map<String, String> prefilled(Language language) {
        Map<String, String> values = new HashMap<>();
        values.put("mail", mail);
        values.put("language", language.code());
        values.put("written", identity.map(Identity::name).orElse(""));
        values.put(
                "born",
                identity.flatMap(Identity::born).map(LocalDate::toString).orElse(""));
        return values;
    }
}
