package city.hamana.capability.rules;

import java.util.Map;

/**
 * What a table says of one case.
 *
 * @param row 1 is the first row
 * @param results of every output column
 * @param citation law or rule that the version stands on
 */
public record Decision(String table, int version, int row, Map<String, String> results, String citation) {
    public Decision {
        results = Map.copyOf(results);
    }

    /** To be kept with what was decided: {@code resident-record-fee@3#2}. */
    public String reference() {
        return table + "@" + version + "#" + row;
    }
}
