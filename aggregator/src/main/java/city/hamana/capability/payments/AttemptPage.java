package city.hamana.capability.payments;

/** A payment on its way to the provider and back. */
public record AttemptPage(ChargeState bill, Creditor service, Attempt attempt) {
    /** The receipt of what was paid last; empty while nothing was. */
    public String receipt() {
        return bill.payments().isEmpty() ? "" : bill.payments().getLast().receipt();
    }

    /** Where the payer goes to type the card; the name of the other house. */
    public String host() {
        return attempt.address().replaceFirst("^https?://([^/:]+).*", "$1");
    }
}
