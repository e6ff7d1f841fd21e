package city.hamana.capability.payments;

/** A receipt (領収書). */
public record ReceiptPage(ChargeState bill, Creditor service, Payment payment) {}
