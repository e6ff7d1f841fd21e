package city.hamana.capability.broadcasts;

import city.hamana.platform.text.Texts;
import java.util.List;

/**
 * A condition of another module as a division's form offers it.
 *
 * @param words key of the words that say it of a choice {0}
 */
public record Offered(String code, String words, List<Condition.Choice> choices) {
    static Offered of(Condition condition, String department) {
        return new Offered(condition.code(), words(condition.code()), condition.choices(department));
    }

    static String words(String code) {
        return code.replaceFirst("\\.", ".condition.");
    }

    /** Name of the field in the form. */
    public String field() {
        return "known-" + code.replace('.', '-');
    }

    boolean offers(Segment.Known known) {
        return code.equals(known.condition())
                && choices.stream().anyMatch(choice -> choice.value().equals(known.value()));
    }

    /** Empty for a choice that is not offered. */
    List<Texts> name(String value) {
        return choices.stream()
                .filter(choice -> choice.value().equals(value))
                .map(Condition.Choice::name)
                .toList();
    }
}
