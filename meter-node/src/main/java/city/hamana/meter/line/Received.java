package city.hamana.meter.line;

import java.time.Instant;

/**
 * A telegram as it came.
 *
 * @param line name of the line it came from
 * @param at when it was received, by the city's clock
 * @param bytes wired from 68h to 16h, or wireless from the L field on
 * @param key the meter's AES-128 key; empty if none is known
 */
public record Received(String line, Instant at, byte[] bytes, byte[] key) {}
