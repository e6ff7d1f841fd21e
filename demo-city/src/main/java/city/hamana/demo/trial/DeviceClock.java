package city.hamana.demo.trial;

import city.hamana.link.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The clock of one device, as it can be set while the device runs, and whether it says that it was set. */
record DeviceClock(Path folder) {
    static final String OFFSET_FILE = "clock-offset";
    static final String SYNCHRONISED_FILE = "clock-synchronised";

    /** How far it is from the truth, in the city's time. */
    void offset(Duration offset) {
        Pem.replace(folder.resolve(OFFSET_FILE), offset.toMillis() + "\n");
    }

    /** Yes: a time service has set it just now. */
    void synchronised(boolean yes) throws IOException {
        Path file = folder.resolve(SYNCHRONISED_FILE);
        if (yes) {
            Pem.replace(file, "");
        } else {
            Files.deleteIfExists(file);
        }
    }
}
