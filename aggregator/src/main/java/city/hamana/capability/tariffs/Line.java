package city.hamana.capability.tariffs;

import java.math.BigDecimal;
import java.util.List;

/**
 * One line of a calculation, exact to the fraction of a yen.
 *
 * @param kind what it is
 * @param code which one of its kind: a step's {@code from-to} of the period, a band of hours, a scheme; else empty
 * @param cubicMetres what it is for; 0 where it is not for water
 * @param each yen for a cubic metre, or percent where the kind goes by percent
 * @param yen before tax; below 0 for what is taken off
 * @param rule reference of the row that it stands on
 */
public record Line(Kind kind, String code, BigDecimal cubicMetres, BigDecimal each, BigDecimal yen, String rule) {
    /** What a line is. */
    public enum Kind {
        /** Base charge of the period; each = percent of a month's. */
        BASE("base"),
        /** Cubic metres of one step at its price. */
        STEP("step"),
        /** Water of one band of hours; each = percent of the ordinary volumetric charge for it. */
        BAND("band"),
        /** Water over the usual use that is not charged; yen is 0, the steps leave it out. */
        EXCESS_OFF("excess-off"),
        /** Percent off the base charge. */
        BASE_OFF("base-off"),
        /** Percent off the volumetric charge. */
        VOLUME_OFF("volume-off");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** What the lines of a kind come to, in yen before tax. */
    public static BigDecimal sum(Kind kind, List<Line> lines) {
        return lines.stream().filter(line -> line.kind == kind).map(Line::yen).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
