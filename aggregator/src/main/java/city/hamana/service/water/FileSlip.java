package city.hamana.service.water;

/**
 * What is wrong with a line of a file.
 *
 * @param line 2 is the first below the head; 0 for the whole file
 * @param column whose value is wrong, or {@code head}, {@code csv}, {@code length}, {@code twice}, {@code none}
 */
public record FileSlip(long line, String column, String value) {}
