package city.hamana.capability.rules;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One saved version of a table.
 *
 * @param number 1, 2, 3 … of each table
 * @param text the file as it was saved
 * @param actor who saved it, as the event log names actors; {@code system} for the one that came with the program
 * @param withdrawn taken back before its first day
 */
public record Version(
        String table, int number, LocalDate from, String text, String actor, Instant saved, boolean withdrawn) {}
