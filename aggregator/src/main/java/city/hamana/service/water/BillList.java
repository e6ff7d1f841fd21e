package city.hamana.service.water;

import city.hamana.capability.payments.ChargeState;
import java.util.List;
import java.util.Optional;

/**
 * The page of a resident's bills.
 *
 * @param contracts that the reader has today
 * @param lines the newest first
 */
public record BillList(List<Contract> contracts, List<Line> lines) {
    /** A bill, and how far it is paid. */
    public record Line(Bill bill, Optional<ChargeState> charge) {}
}
