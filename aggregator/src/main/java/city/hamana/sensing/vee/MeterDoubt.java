package city.hamana.sensing.vee;

/**
 * A doubt, and whose it is.
 *
 * @param day days since 1970-01-01, by the city's clock
 */
public record MeterDoubt(int day, String meter, Doubt doubt) {}
