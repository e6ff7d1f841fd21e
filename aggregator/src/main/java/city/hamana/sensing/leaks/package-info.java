/**
 * Finds leaks in the net inflow of a district: what weekday, hour and season do not explain and what does not go away.
 * For the waterworks' crew, by {@code ./hamana leaks}; method, figures and how its numbers were frozen: {@code docs/leaks.md}.
 * Stands on {@code inflow}'s rows and days; pure computation, no database.
 */
package city.hamana.sensing.leaks;
