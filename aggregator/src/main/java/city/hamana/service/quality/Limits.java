package city.hamana.service.quality;

import java.time.Duration;

/**
 * Between what the residual should be, in mg/L.
 *
 * @param least by law
 * @param most aimed at
 * @param warnBefore how long before the least is reached somebody is told
 * @param rule reference of the row that says so
 * @param law its source
 */
public record Limits(double least, double most, Duration warnBefore, String rule, String law) {}
