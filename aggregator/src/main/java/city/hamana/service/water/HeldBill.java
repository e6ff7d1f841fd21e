package city.hamana.service.water;

import java.time.LocalDate;

/**
 * A contract that could not be billed.
 *
 * @param reason {@code not-yet}, {@code decreased}, {@code missing}
 * @param hours that are in the way
 */
public record HeldBill(String contract, String name, LocalDate closing, String reason, long hours) {}
