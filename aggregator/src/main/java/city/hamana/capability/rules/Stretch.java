package city.hamana.capability.rules;

/**
 * What a table says on a stretch of a scale of whole numbers.
 *
 * @param from first number of it
 * @param to last number of it; {@link #NO_END} where it has none
 */
public record Stretch(long from, long to, Decision decision) {
    /** Larger than anything a table is asked. */
    public static final long NO_END = 999_999_999_999_999L;

    Stretch until(long last) {
        return new Stretch(from, last, decision);
    }
}
