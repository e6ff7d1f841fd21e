package city.hamana.capability.forms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was answered.
 *
 * @param values of each question; an address has two: {@code ID-town} (a 町字ID, or {@code outside}) and {@code ID-rest}; a
 *     group has the number of its rows, and each row {@code ID.0.QUESTION}
 */
public record Answers(Map<String, List<String>> values) {
    public static final Answers NONE = new Answers(Map.of());

    /** Town of an address that is not in the city. */
    public static final String OUTSIDE = "outside";

    public Answers {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((id, all) -> copy.put(id, List.copyOf(all)));
        values = copy;
    }

    /** The answer; empty text when there is none. */
    public String text(String id) {
        List<String> all = all(id);
        return all.isEmpty() ? "" : all.getFirst();
    }

    public List<String> all(String id) {
        return values.getOrDefault(id, List.of());
    }

    /** How many rows a group has. */
    public int rows(String group) {
        String count = text(group);
        return count.matches("\\d{1,4}") ? Integer.parseInt(count) : 0;
    }

    /** What the group's numbers make together; what is no number counts nothing. */
    public long sum(Field group) {
        long sum = 0;
        for (int row = 0; row < rows(group.id()); row++) {
            String number = text(group.id() + "." + row + "." + group.sum());
            sum += number.matches("-?\\d{1,15}") ? Long.parseLong(number) : 0;
        }
        return sum;
    }

    /** Whether there is any answer to a question. */
    public boolean has(Field field) {
        return field.type() == Field.Type.ADDRESS
                ? !text(field.id() + "-town").isEmpty()
                        || !text(field.id() + "-rest").isEmpty()
                : !all(field.id()).isEmpty();
    }

    /** Without the rows of a group. */
    Answers withoutRows(String group) {
        Map<String, List<String>> less = new LinkedHashMap<>(values);
        less.keySet().removeIf(id -> id.startsWith(group + "."));
        return new Answers(less);
    }

    public Answers with(String id, String value) {
        return with(id, value.isEmpty() ? List.of() : List.of(value));
    }

    public Answers with(String id, List<String> all) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(id, new ArrayList<>(all));
        return new Answers(more);
    }
}
