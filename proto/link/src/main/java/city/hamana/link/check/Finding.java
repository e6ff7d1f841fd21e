package city.hamana.link.check;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the report.
 *
 * @param name stable: "clock", "storage-speed" ...
 * @param figure what was found, in plain words
 * @param advice what to do, one sentence; empty when there is nothing to do
 * @param values the figures for machines, under stable keys with their units: numbers, booleans and texts
 */
record Finding(String name, Grade grade, String figure, String advice, Map<String, Object> values) {
    static Finding ok(String name, String figure) {
        return new Finding(name, Grade.OK, figure, "", Map.of());
    }

    static Finding look(String name, String figure, String advice) {
        return new Finding(name, Grade.LOOK, figure, advice, Map.of());
    }

    static Finding bad(String name, String figure, String advice) {
        return new Finding(name, Grade.BAD, figure, advice, Map.of());
    }

    /** The same with one more value. */
    Finding with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Finding(name, grade, figure, advice, more);
    }
}
