package city.hamana.meter.pulse;

import java.nio.file.Path;

/** A count of pulses that cannot be gone on with; somebody has to read the meter's dial. */
final class PulseStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PulseStoreException(String sentence) {
        super(sentence);
    }

    static PulseStoreException damaged(Path file) {
        return new PulseStoreException(file + " is damaged in both its places. Read the meter's dial, set it as"
                + " NAME-start-litres, remove the file and start again");
    }
}
