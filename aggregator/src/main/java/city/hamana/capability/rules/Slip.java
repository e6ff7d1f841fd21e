package city.hamana.capability.rules;

import java.util.Arrays;
import java.util.List;

/**
 * One thing wrong with a table.
 *
 * @param words key under {@code rules.slip.}
 * @param arguments of the sentence
 */
public record Slip(String words, List<Object> arguments) {
    public Slip {
        arguments = List.copyOf(arguments);
    }

    static Slip of(String words, Object... arguments) {
        return new Slip("rules.slip." + words, Arrays.asList(arguments));
    }
}
