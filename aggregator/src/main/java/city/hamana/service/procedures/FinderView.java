package city.hamana.service.procedures;

import java.util.List;
import java.util.Set;

/**
 * The questions and what they led to.
 *
 * @param asked whether there were answers yet
 */
public record FinderView(List<String> questions, Set<String> chosen, List<Procedure> found, boolean asked) {}
