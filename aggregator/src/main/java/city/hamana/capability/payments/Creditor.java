package city.hamana.capability.payments;

/**
 * A service that takes money.
 *
 * @param service its module's name: {@code water}
 * @param division code of the division that looks after its money
 * @param words key of its name, as it stands on slips and lists
 */
public record Creditor(String service, String division, String words) {}
