package city.hamana.capability.rules;

import java.util.List;

/**
 * A line of a table.
 *
 * @param cells as written, one for each column
 * @param conditions of the input columns, in their order
 */
record Row(List<String> cells, List<Condition> conditions) {
    Row {
        cells = List.copyOf(cells);
        conditions = List.copyOf(conditions);
    }
}
