package city.hamana.capability.payments;

/**
 * A claim that has waited long for its money.
 *
 * @param lapse what the law says of its time
 */
public record OldClaim(ChargeState charge, Lapse lapse) {}
