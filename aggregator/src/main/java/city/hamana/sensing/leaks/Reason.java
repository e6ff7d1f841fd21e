package city.hamana.sensing.leaks;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Says in a sentence why the watch thinks that there is a leak, with the hours that it saw. */
final class Reason {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final int mostHours;
    private final Deque<HourMeans.Hour> hours = new ArrayDeque<>();

    Reason(int memoryDays) {
        this.mostHours = memoryDays * 24 + 1;
    }

    void see(HourMeans.Hour hour) {
        hours.addLast(hour);
        if (hours.size() > mostHours) {
            hours.removeFirst();
        }
    }

    String of(Shift shift, LocalDateTime start, double rate) {
        double mean = hours.stream()
                .filter(hour -> hour.hour() >= shift.start())
                .mapToDouble(HourMeans.Hour::mean)
                .average()
                .orElseThrow();
        long lasted = hours.getLast().hour() - shift.start() + 1;
        return "Since %s about %s m3/h more has flown in than weekday, hour and season explain: %s m3/h on average over %d hours, where %s was to be expected; the least hour was %s m3/h. That is %s standard errors."
                .formatted(
                        TIME.format(start),
                        number(rate),
                        number(mean),
                        lasted,
                        number(mean - rate),
                        number(least(shift.start())),
                        number(Math.sqrt(shift.evidence())));
    }

    private double least(long start) {
        return hours.stream()
                .filter(hour -> hour.hour() >= start)
                .mapToDouble(HourMeans.Hour::mean)
                .min()
                .orElseThrow();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
