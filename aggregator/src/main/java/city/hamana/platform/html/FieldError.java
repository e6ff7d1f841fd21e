package city.hamana.platform.html;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with one field of a form.
 *
 * @param field id of the field; the summary above the form links to it
 * @param words key of the sentence that says what to do
 * @param arguments of the sentence
 */
public record FieldError(String field, String words, List<Object> arguments) {
    public FieldError {
        arguments = List.copyOf(arguments);
    }

    public static FieldError of(String field, String words, Object... arguments) {
        return new FieldError(field, words, Arrays.asList(arguments));
    }

    /** The first error of this field. */
    public static Optional<FieldError> of(List<FieldError> errors, String field) {
        return errors.stream().filter(error -> error.field.equals(field)).findFirst();
    }
}
