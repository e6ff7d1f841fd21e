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

    /** A question; of a group's row as {@code members.0.name}. */
    public Optional<Field> field(String id) {
        Optional<Field> top =
                fields().stream().filter(field -> field.id().equals(top(id))).findFirst();
        String[] parts = id.split("\\.", 3);
        return parts.length < 3
                ? top
                : top.flatMap(group -> group.row(parts[1]).stream()
                        .filter(field -> field.id().equals(id))
                        .findFirst());
    }

    private static String top(String id) {
        return id.contains(".") ? id.substring(0, id.indexOf('.')) : id;
    }

    /** Whether a question is asked, after these answers. */
    public boolean asks(Field field, Answers answers) {
        String top = top(field.id());
        FormPage page = pages.stream()
                .filter(p -> p.fields().stream().anyMatch(f -> f.id().equals(top)))
                .findFirst()
                .orElseThrow();
        boolean group = top.equals(field.id())
                || field(top).filter(g -> asks(g, answers)).isPresent();
        return group && holds(page.when(), answers) && holds(field.when(), answers);
    }

    /** The pages that these answers lead to. */
    public List<FormPage> pages(Answers answers) {
        return pages.stream().filter(page -> holds(page.when(), answers)).toList();
    }

    /** A condition on a question that is itself not asked does not hold. */
    boolean holds(Optional<Field.When> when, Answers answers) {
        return when.map(w -> field(w.field()).filter(f -> asks(f, answers)).isPresent()
                        && answers.all(w.field()).stream().anyMatch(w.is()::contains))
                .orElse(true);
    }
}
