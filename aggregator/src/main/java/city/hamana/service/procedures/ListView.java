package city.hamana.service.procedures;

import java.util.List;

/**
 * The list.
 *
 * @param event chosen; empty for all
 */
public record ListView(List<Procedure> found, List<String> events, String event, String text, int all) {}
