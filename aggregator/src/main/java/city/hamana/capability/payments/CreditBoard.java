package city.hamana.capability.payments;

import java.util.List;
import java.util.Map;

/**
 * Credits for staff.
 *
 * @param credits the oldest first
 * @param services by their names in the code
 */
public record CreditBoard(List<Credit> credits, Map<String, Creditor> services) {
    /** All of them, in yen. */
    public long yen() {
        return credits.stream().mapToLong(Credit::yen).sum();
    }
}
