package city.hamana.capability.people;

import city.hamana.platform.html.FieldError;
import java.util.List;
import java.util.Map;

/**
 * A form as it was filled in.
 *
 * @param to path to go to afterwards, where there is one
 * @param values what was typed, never a secret
 */
public record Typed(String to, Map<String, String> values, List<FieldError> errors) {
    public Typed {
        values = Map.copyOf(values);
        errors = List.copyOf(errors);
    }

    /** A form that nothing is typed into yet. */
    static Typed empty(String to) {
        return new Typed(to, Map.of(), List.of());
    }

    public String value(String name) {
        return values.getOrDefault(name, "");
    }
}
