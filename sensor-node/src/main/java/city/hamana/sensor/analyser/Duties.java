package city.hamana.sensor.analyser;

import city.hamana.messages.AnalyserCondition;
import city.hamana.sensor.device.Register;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What an analyser says of itself, and its calibration.
 *
 * @param status a register of bits; empty where it has none
 * @param bits which of these say what, as a mask for each condition
 * @param sampleFlow where it tells how much water runs through it
 * @param leastFlow below this none does
 * @param ownTime seconds since 1970-01-01T00:00Z of the reading, where the analyser tells them; 0 where it does not know
 * @param calibrated the day of the last calibration, as the settings say
 * @param calibrationDays how long it holds; 0: for ever
 */
public record Duties(
        Optional<Register> status,
        Map<AnalyserCondition, Long> bits,
        Optional<Register> sampleFlow,
        double leastFlow,
        Optional<Register> ownTime,
        Optional<LocalDate> calibrated,
        int calibrationDays) {
    /** What the status register's value says. */
    Set<AnalyserCondition> ofStatus(long value) {
        Set<AnalyserCondition> said = EnumSet.noneOf(AnalyserCondition.class);
        bits.forEach((condition, mask) -> {
            if ((value & mask) != 0) {
                said.add(condition);
            }
        });
        return said;
    }

    Set<AnalyserCondition> ofFlow(OptionalDouble flow) {
        return flow.isPresent() && flow.getAsDouble() < leastFlow
                ? EnumSet.of(AnalyserCondition.NO_SAMPLE_FLOW)
                : EnumSet.noneOf(AnalyserCondition.class);
    }

    Set<AnalyserCondition> ofCalendar(LocalDate today) {
        boolean due = calibrationDays > 0
                && calibrated.isPresent()
                && !today.isBefore(calibrated.get().plusDays(calibrationDays));
        return due ? EnumSet.of(AnalyserCondition.CALIBRATION_DUE) : EnumSet.noneOf(AnalyserCondition.class);
    }
}
