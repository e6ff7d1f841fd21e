package city.hamana.capability.tariffs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What a use costs.
 *
 * @param lines before tax; their sum, with tax and its fraction dropped, is {@code yen}
 * @param taxPercent on the sum of the lines
 * @param tax yen of {@code yen} that are consumption tax
 * @param yen to be paid, 0 or more
 */
public record Amount(List<Line> lines, BigDecimal taxPercent, long tax, long yen) {
    public Amount {
        lines = List.copyOf(lines);
    }

    /** The sum of the lines with tax; a fraction of a yen is dropped, of the whole and of the tax in it. */
    static Amount of(List<Line> lines, BigDecimal taxPercent) {
        BigDecimal net = lines.stream()
                .map(Line::yen)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .max(BigDecimal.ZERO);
        BigDecimal gross = net.add(net.multiply(taxPercent).movePointLeft(2));
        BigDecimal hundred = BigDecimal.valueOf(100);
        long yen = gross.setScale(0, RoundingMode.FLOOR).longValueExact();
        long tax = BigDecimal.valueOf(yen)
                .multiply(taxPercent)
                .divide(hundred.add(taxPercent), 0, RoundingMode.FLOOR)
                .longValueExact();
        return new Amount(lines, taxPercent, tax, yen);
    }
}
