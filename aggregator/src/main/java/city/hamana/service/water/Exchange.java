package city.hamana.service.water;

import java.time.Instant;

/**
 * One meter taken out and another put in.
 *
 * @param oldMillilitres what the old one showed at the end
 * @param newMillilitres what the new one showed at the beginning
 */
public record Exchange(
        Instant at,
        String oldMeter,
        long oldMillilitres,
        String newMeter,
        long newMillilitres,
        String reason,
        String enteredBy) {}
