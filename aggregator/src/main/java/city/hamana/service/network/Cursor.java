package city.hamana.service.network;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a district's figures have been taken. Hours are counted since 1970-01-01T00:00Z.
 *
 * @param begun from this hour on the inlets are today's; 0 for ever
 * @param hoursTo hours before it are stored, or nothing was to be had of them; 0 before the first
 * @param watchFrom first hour that the leak watch is told when it begins anew
 * @param watchedTo the watch has seen what is marked so before it
 * @param waits since when the watch waits for an hour that is missing
 * @param lookedDay city day on which the past was last looked through for what came late
 */
record Cursor(
        String dma,
        long begun,
        long hoursTo,
        long watchFrom,
        long watchedTo,
        Optional<Instant> waits,
        long lookedDay) {}
