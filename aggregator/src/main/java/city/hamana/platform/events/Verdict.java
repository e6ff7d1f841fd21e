package city.hamana.platform.events;

import java.util.OptionalLong;

/**
 * Whether the log is whole.
 *
 * @param entries how many there are
 * @param hash of the last one
 * @param broken sequence of the first entry that does not follow from the one before; empty when all do
 */
public record Verdict(long entries, String hash, OptionalLong broken) {}
