package city.hamana.sensing.leaks;

import java.time.LocalDateTime;

/**
 * A leak that shows in the inflow.
 *
 * @param detectedAt when the row came that closed the hour by which it was sure; nothing from then on was used
 * @param startedAt the likeliest beginning, to the hour
 * @param rateM3h how much has been lost since, in m3/h
 * @param reason a sentence with figures, for those who go and look
 */
public record Leak(LocalDateTime detectedAt, LocalDateTime startedAt, double rateM3h, String reason) {}
