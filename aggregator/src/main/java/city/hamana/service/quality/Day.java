package city.hamana.service.quality;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One day of the monthly report.
 *
 * @param least residual that the analyser measured, mg/L, of the values that are believed; empty where none is
 * @param values how many these are
 * @param notBelieved values that are not
 * @param under values under the limit
 * @param check what was written down; empty where nothing was
 */
public record Day(
        LocalDate day,
        Optional<Double> least,
        Optional<Double> mean,
        Optional<Double> most,
        int values,
        int notBelieved,
        int under,
        Optional<Check> check) {}
