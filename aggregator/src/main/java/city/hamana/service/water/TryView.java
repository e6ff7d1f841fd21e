package city.hamana.service.water;

import city.hamana.capability.tariffs.TimeOfUse;
import java.time.LocalDate;
import java.util.List;

/**
 * The page on which the time-of-use tariff is tried on the reader's own hours.
 *
 * @param contracts that the reader has
 * @param plan by which it is billed today
 * @param next by which it will be from {@code begins} on
 * @param begins first day of the next period
 * @param lines period by period, the newest first
 * @param moved percent of the water of dearer hours that is thought to run at the cheapest ones
 * @param times bands and when they hold
 * @param charts what ran in each hour of the day, over all these periods
 */
public record TryView(
        Contract contract,
        List<Contract> contracts,
        Plan plan,
        Plan next,
        LocalDate begins,
        List<Line> lines,
        int moved,
        TimeOfUse times,
        List<Chart> charts) {
    /** Shares to choose from. */
    public static final List<Integer> SHARES = List.of(0, 10, 20, 30, 50);

    /**
     * One period.
     *
     * @param known percent of its hours that are known
     */
    public record Line(Period period, Sheet sheet, int known) {
        public long hoursYen() {
            return sheet.byHours().orElseThrow().yen();
        }

        /** Yen that the hours would have saved; below 0 where they would have cost more. */
        public long difference() {
            return sheet.ordinary().yen() - hoursYen();
        }
    }

    /** Yen that the hours would have saved in all; below 0 where they would have cost more. */
    public long difference() {
        return lines.stream().mapToLong(Line::difference).sum();
    }

    public boolean changes() {
        return plan != next;
    }
}
