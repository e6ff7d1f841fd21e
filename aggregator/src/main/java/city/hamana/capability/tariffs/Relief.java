package city.hamana.capability.tariffs;

import java.math.BigDecimal;

/**
 * A reduction granted to an account.
 *
 * @param scheme as the rule table calls it; {@code none} for no reduction
 * @param baseOff percent taken off the base charge
 * @param volumeOff percent taken off the volumetric charge
 * @param excessOff percent of the use over the usual one that is not charged, as for a hidden leak
 * @param rule reference of the row that says so
 */
public record Relief(String scheme, BigDecimal baseOff, BigDecimal volumeOff, BigDecimal excessOff, String rule) {
    /** No reduction. */
    public static final Relief NONE = new Relief("none", BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, "");
}
