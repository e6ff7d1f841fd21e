package city.hamana.capability.payments;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * The bills of a resident and of those for whom the resident may act.
 *
 * @param bills the newest first
 * @param credit what they have paid too much, in yen
 * @param refunds whether there is or was something for the reader to get back
 * @param reader id of who reads; bills of others say whose they are
 * @param services by their names in the code
 */
public record BillList(
        List<ChargeState> bills,
        long credit,
        boolean refunds,
        String reader,
        Map<String, Creditor> services,
        LocalDate today) {
    /** What is to be paid, the most urgent first. */
    public List<ChargeState> open() {
        return bills.stream()
                .filter(bill -> bill.open() > 0)
                .sorted((a, b) -> a.due().compareTo(b.due()))
                .toList();
    }

    /** The rest. */
    public List<ChargeState> done() {
        return bills.stream().filter(bill -> bill.open() == 0).toList();
    }

    /** What is to be paid in all, in yen. */
    public long openYen() {
        return bills.stream().mapToLong(ChargeState::open).sum();
    }
}
