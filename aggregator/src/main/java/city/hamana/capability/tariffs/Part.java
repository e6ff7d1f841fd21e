package city.hamana.capability.tariffs;

import java.math.BigDecimal;

/**
 * How much of a period counts, where supply began or ended within it.
 *
 * @param basePercent of one month's base charge: 200 for two whole months
 * @param months by which the steps are widened, 1 or more
 * @param rule reference of the row that says so
 */
public record Part(BigDecimal basePercent, int months, String rule) {}
