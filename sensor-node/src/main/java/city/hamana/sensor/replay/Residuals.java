package city.hamana.sensor.replay;

import city.hamana.sensor.analyser.Residual;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.csv.CSVRecord;

/**
 * What became of the residuals of CANARY's station B.
 *
 * @param zeros values of exactly 0
 * @param zerosDoubted of these, told as the analyser's fault and flagged
 * @param low values over 0 and under 0.1 mg/L, the least that the law wants at the tap (水道法施行規則 17 条)
 * @param lowDoubted of these, flagged
 * @param frozen values over 0 that were told to be frozen
 */
record Residuals(long values, long zeros, long zerosDoubted, long low, long lowDoubted, long frozen) {
    private static final double LEAST = 0.1;
    /** At three readings an hour, four hours. */
    private static final int FROZEN_AFTER = 12;

    static Residuals of(Path gz) throws IOException {
        Residual judged = new Residual(FROZEN_AFTER);
        long[] counts = new long[6];
        for (CSVRecord row : Profiles.rows(gz)) {
            String text = row.get("B_CL2_VAL");
            if (text.isBlank()) {
                continue;
            }
            double value = Double.parseDouble(text);
            Residual.Verdict verdict = judged.judge(value);
            counts[0]++;
            counts[1] += value == 0 ? 1 : 0;
            counts[2] += value == 0 && verdict.fault() ? 1 : 0;
            counts[3] += value > 0 && value < LEAST ? 1 : 0;
            counts[4] += value > 0 && value < LEAST && verdict.fault() ? 1 : 0;
            counts[5] += value > 0 && verdict.frozen() ? 1 : 0;
        }
        return new Residuals(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
    }

    String sentence() {
        return String.format(
                Locale.ROOT,
                "CANARY station B: %d residuals; %d are exactly 0, %d of them told as the sensor's fault; %d lie over 0 "
                        + "and under 0.1 mg/L, %d of them told as its fault; %d others told as frozen",
                values,
                zeros,
                zerosDoubted,
                low,
                lowDoubted,
                frozen);
    }
}
