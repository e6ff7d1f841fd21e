package city.hamana.capability.payments;

/**
 * What is wrong with a file.
 *
 * @param line from 1; 0 for the file as a whole
 * @param why end of the word {@code payments.wrong.WHY}
 * @param value what stands there; may be empty
 */
public record Slip(int line, String why, String value) {}
