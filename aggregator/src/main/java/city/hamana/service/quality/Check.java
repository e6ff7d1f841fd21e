package city.hamana.service.quality;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One day's check at one place (水道法施行規則 第15条第1項第1号イ).
 *
 * @param correction 0, and one more for each time it was written anew
 * @param colour whether a colour was seen
 * @param turbidity whether the water was turbid
 * @param residualMicrograms of chlorine in a litre, µg/L
 */
public record Check(
        String point,
        LocalDate day,
        int correction,
        boolean colour,
        boolean turbidity,
        int residualMicrograms,
        String note,
        String by,
        Instant at) {
    public double residual() {
        return residualMicrograms / 1e3;
    }
}
