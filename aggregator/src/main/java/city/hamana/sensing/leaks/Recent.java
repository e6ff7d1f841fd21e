package city.hamana.sensing.leaks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.DoubleSummaryStatistics;
import java.util.stream.Collectors;

/** The hours that a watch saw last, as far back as it remembers. */
final class Recent {
    private final int mostHours;
    private final Deque<HourMeans.Hour> hours = new ArrayDeque<>();

    Recent(int memoryDays) {
        this.mostHours = memoryDays * 24 + 1;
    }

    void see(HourMeans.Hour hour) {
        hours.addLast(hour);
        if (hours.size() > mostHours) {
            hours.removeFirst();
        }
    }

    /** What was seen since a shift began. */
    Evidence of(Shift shift) {
        DoubleSummaryStatistics since = hours.stream()
                .filter(hour -> hour.hour() >= shift.start())
                .collect(Collectors.summarizingDouble(HourMeans.Hour::mean));
        return new Evidence(since.getAverage(), since.getCount(), since.getMin(), Math.sqrt(shift.evidence()));
    }
}
