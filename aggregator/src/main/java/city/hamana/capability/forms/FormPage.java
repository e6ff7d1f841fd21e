package city.hamana.capability.forms;

import city.hamana.platform.text.Texts;
import java.util.List;
import java.util.Optional;

/**
 * One page of a form: one thing that is asked.
 *
 * @param when shown only then
 * @param checks what has to be right between its questions
 */
public record FormPage(
        String id,
        Texts title,
        Optional<Texts> lead,
        Optional<Field.When> when,
        List<Field> fields,
        List<CrossCheck> checks) {
    public FormPage {
        fields = List.copyOf(fields);
        checks = List.copyOf(checks);
    }
}
