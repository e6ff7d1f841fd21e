package city.hamana.capability.payments;

import java.util.List;

/**
 * What a charge is for, in every language.
 *
 * @param words key of the text
 * @param values what fills its {@code {0}}, {@code {1}} …
 */
public record Title(String words, List<String> values) {
    public Title {
        values = List.copyOf(values);
    }
}
