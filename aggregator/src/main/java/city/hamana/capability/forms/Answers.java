package city.hamana.capability.forms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was answered.
 *
 * @param values of each question; an address has two: {@code ID-town} (a 町字ID, or {@code outside}) and {@code ID-rest}
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

    public Answers with(String id, String value) {
        return with(id, value.isEmpty() ? List.of() : List.of(value));
    }

    public Answers with(String id, List<String> all) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(id, new ArrayList<>(all));
        return new Answers(more);
    }
}
