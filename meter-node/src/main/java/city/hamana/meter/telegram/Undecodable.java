package city.hamana.meter.telegram;

/**
 * A telegram that holds no values for us.
 *
 * @param error the reason's name, lower-case-with-dashes and stable: {@code wrong-checksum}, {@code key-missing}
 * @param sentence the reason for a person to read
 */
public record Undecodable(String error, String sentence) implements Decoding {}
