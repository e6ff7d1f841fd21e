package city.hamana.service.water;

import city.hamana.platform.html.FieldError;
import java.time.LocalDate;
import java.util.List;

/**
 * The page of one contract.
 *
 * @param plan by which it is billed today
 * @param next by which its next period will be
 * @param bills that stand, the newest first
 */
public record ContractView(
        Contract contract, Plan plan, Plan next, List<Bill> bills, LocalDate today, List<FieldError> errors) {
    /** Reductions to choose from. */
    public static final List<String> SCHEMES = List.of("none", "leak", "welfare", "disaster");
}
