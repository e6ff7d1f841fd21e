package city.hamana.meter.line;

import java.time.Instant;

/**
 * A telegram as it came.
 *
 * @param from the line, and the address on it that was asked; where nobody was asked the name of whoever spoke, empty where it is not known
 * @param at when it was received, by the city's clock
 * @param bytes wired from 68h to 16h, or wireless from the L field on
 * @param key the meter's AES-128 key; empty if none is known
 */
public record Received(Roster.Place from, Instant at, byte[] bytes, byte[] key) {
    /** Name of the line it came from. */
    public String line() {
        return from.line();
    }
}
