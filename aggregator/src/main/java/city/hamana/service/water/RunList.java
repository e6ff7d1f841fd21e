package city.hamana.service.water;

import city.hamana.platform.html.FieldError;
import java.time.LocalDate;
import java.util.List;

/**
 * The page of bill runs.
 *
 * @param runs the newest first
 * @param held what no run could bill
 * @param closings days on which books may be closed that were not yet
 * @param contracts how many there are at all
 */
public record RunList(
        List<Run> runs, List<HeldBill> held, List<Closing> closings, long contracts, List<FieldError> errors) {
    /** A first of a month, and how many contracts are read on the day before it. */
    public record Closing(LocalDate day, long contracts) {}

    public boolean running() {
        return runs.stream().anyMatch(Run::running);
    }
}
