package city.hamana.service.water;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One turn of the bills of a cycle.
 *
 * @param closing first day that is not billed any more
 * @param contracts how many it looks at
 * @param billed how many bills it has issued
 * @param held how many it could not issue
 * @param doneTo number of the last contract it has looked at
 * @param ended empty while it runs
 */
public record Run(
        long id,
        LocalDate closing,
        long contracts,
        long billed,
        long held,
        String doneTo,
        Instant begun,
        String begunBy,
        Optional<Instant> ended) {
    /** Whether it bills contracts that are read at the end of odd months. */
    static boolean oddMonths(LocalDate closing) {
        return closing.minusDays(1).getMonthValue() % 2 == 1;
    }

    public boolean running() {
        return ended.isEmpty();
    }
}
