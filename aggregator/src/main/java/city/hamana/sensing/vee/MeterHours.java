package city.hamana.sensing.vee;

import java.time.Instant;
import java.util.List;

/** Reads the hours of one meter after the other. */
@FunctionalInterface
public interface MeterHours {
    /**
     * One meter's hours.
     *
     * @param from start of the first hour
     * @param hours one after the other without a hole
     */
    void read(String meter, Instant from, List<Use> hours);
}
