package city.hamana.capability.ledger;

import java.time.LocalDate;

/**
 * Which entries to list; empty texts for any.
 *
 * @param account that a posting of it names
 * @param sub that the same posting names
 * @param from first day of the books
 * @param until last day of the books
 * @param before only entries with a smaller number, for the next page; {@code Long.MAX_VALUE} to begin
 */
public record EntryQuery(String account, String sub, LocalDate from, LocalDate until, long before) {}
