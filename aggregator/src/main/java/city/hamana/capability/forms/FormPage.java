package city.hamana.capability.forms;

import city.hamana.platform.text.Texts;
import java.util.List;
import java.util.Optional;

/**
 * One page of a form: one thing that is asked.
 *
 * @param when shown only then
 */
public record FormPage(String id, Texts title, Optional<Texts> lead, Optional<Field.When> when, List<Field> fields) {
    public FormPage {
        fields = List.copyOf(fields);
    }
}
