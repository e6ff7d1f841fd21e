package city.hamana.service.network;

/**
 * What is wrong with a line of a file.
 *
 * @param file {@code districts}, {@code inlets} or {@code meters}
 * @param line 2 is the first below the head; 0 for the whole file
 * @param column whose value is wrong, or {@code head}, {@code csv}, {@code length}, {@code twice}, {@code none}, {@code no-inlet},
 *     {@code unknown}, {@code kept}
 */
public record Slip(String file, long line, String column, String value) {}
