package city.hamana.capability.forms;

import java.util.List;
import java.util.Optional;

/** A form: its pages in order. */
public record Form(List<FormPage> pages) {
    public Form {
        pages = List.copyOf(pages);
    }

    public List<Field> fields() {
        return pages.stream().flatMap(page -> page.fields().stream()).toList();
    }

    public Optional<Field> field(String id) {
        return fields().stream().filter(field -> field.id().equals(id)).findFirst();
    }

    /** Whether a question is asked, after these answers. */
    public boolean asks(Field field, Answers answers) {
        FormPage page = pages.stream()
                .filter(p -> p.fields().contains(field))
                .findFirst()
                .orElseThrow();
        return holds(page.when(), answers) && holds(field.when(), answers);
    }

    /** The pages that these answers lead to. */
    public List<FormPage> pages(Answers answers) {
        return pages.stream().filter(page -> holds(page.when(), answers)).toList();
    }

    /** A condition on a question that is itself not asked does not hold. */
    private boolean holds(Optional<Field.When> when, Answers answers) {
        return when.map(w -> field(w.field()).filter(f -> asks(f, answers)).isPresent()
                        && answers.all(w.field()).stream().anyMatch(w.is()::contains))
                .orElse(true);
    }
}
