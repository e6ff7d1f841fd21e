/**
 * How much water a district will use in the coming week, by hour, and how good such forecasts were.
 * For the waterworks, by {@code ./hamana forecast}; method and figures: {@code docs/forecast.md}.
 * Stands on {@code inflow}'s rows and days; pure computation, no database.
 */
package city.hamana.sensing.demand;
