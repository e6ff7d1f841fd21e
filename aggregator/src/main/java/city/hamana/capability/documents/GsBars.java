package city.hamana.capability.documents;

import com.google.zxing.oned.Code128Writer;

/** Bars of GS1-128: Code 128 that begins with FNC1 (GS1 General Specifications 5.4). */
final class GsBars {
    /** Start, FNC1, 22 pairs of digits, check and stop. */
    static final int MODULES_OF_44_DIGITS = 11 * 25 + 13;

    /** FNC1, as the library's writer is told of it. */
    private static final char FNC1 = '\u00f1';

    private GsBars() {}

    /** Dark and light modules, from the left. */
    static boolean[] of(String digits) {
        return new Code128Writer().encode(FNC1 + digits);
    }
}
