package city.hamana.sensing.readings;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Is told of registers of meters that have come and were not held before. */
@FunctionalInterface
public interface Arrivals {
    /**
     * New samples of the volume came, in the transaction that stores them.
     *
     * @param instants of the samples that came, by meter; some of them may have been held already
     */
    void came(Handle tx, Map<String, List<Instant>> instants);
}
