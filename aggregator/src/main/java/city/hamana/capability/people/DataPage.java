package city.hamana.capability.people;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Everything about somebody, to be read.
 *
 * @param parts of each module: its name, and its facts as places and values in order
 */
public record DataPage(List<Entry<String, List<Entry<String, String>>>> parts, boolean asked) {
    static DataPage of(Map<String, Object> data, boolean asked) {
        List<Entry<String, List<Entry<String, String>>>> parts = new ArrayList<>();
        data.forEach((module, facts) -> {
            List<Entry<String, String>> rows = new ArrayList<>();
            flatten("", facts, rows);
            parts.add(Map.entry(module, rows));
        });
        return new DataPage(parts, asked);
    }

    private static void flatten(String place, Object value, List<Entry<String, String>> rows) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, inner) -> flatten(place.isEmpty() ? "" + key : place + " / " + key, inner, rows));
            case Collection<?> list -> {
                int number = 0;
                for (Object inner : list) {
                    number++;
                    flatten(place + " " + number, inner, rows);
                }
            }
            default -> rows.add(Map.entry(place, String.valueOf(value)));
        }
    }
}
