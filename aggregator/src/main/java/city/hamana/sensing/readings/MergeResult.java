package city.hamana.sensing.readings;

/**
 * What became of samples that were merged; the three add up to their number.
 *
 * @param stored new ones
 * @param repeated ones that were held already
 * @param conflicts ones that gave another value for an instant already held: recorded, not stored
 */
public record MergeResult(int stored, int repeated, int conflicts) {
    MergeResult plus(MergeResult other) {
        return new MergeResult(stored + other.stored, repeated + other.repeated, conflicts + other.conflicts);
    }
}
