package city.hamana.sensing.leaks;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a watch was worth. An alarm belongs to the leak with the latest start before it; the first such alarm within the leak's
 * time is a hit, every other alarm is false (the rule of LDIMBenchmark).
 *
 * @param hits the leaks that were found, by their start, and the alarm that found each
 * @param falseAlarms alarms that found nothing new
 * @param missed leaks that were not found
 */
public record Score(Map<LocalDateTime, Leak> hits, List<Leak> falseAlarms, List<KnownLeak> missed) {
    public Score {
        hits = Map.copyOf(hits);
        falseAlarms = List.copyOf(falseAlarms);
        missed = List.copyOf(missed);
    }

    /** Compares alarms, in the order in which they came, with the leaks that there were. */
    public static Score of(List<Leak> alarms, List<KnownLeak> known) {
        Map<LocalDateTime, Leak> hits = new TreeMap<>();
        List<Leak> wrong = new ArrayList<>();
        for (Leak alarm : alarms) {
            Optional<KnownLeak> latest = known.stream()
                    .filter(leak -> !leak.start().isAfter(alarm.detectedAt()))
                    .max(Comparator.comparing(KnownLeak::start))
                    .filter(leak -> leak.lasts(alarm.detectedAt()) && !hits.containsKey(leak.start()));
            latest.ifPresentOrElse(leak -> hits.put(leak.start(), alarm), () -> wrong.add(alarm));
        }
        return new Score(
                hits,
                wrong,
                known.stream().filter(leak -> !hits.containsKey(leak.start())).toList());
    }

    /** Harmonic mean of how many leaks were found and how many alarms were right, 0 to 1. */
    public double f1() {
        double all = 2.0 * hits.size() + falseAlarms.size() + missed.size();
        return all == 0 ? 1 : 2 * hits.size() / all;
    }

    /** Hours from start to alarm of the leaks that were found, shortest first. */
    public List<Long> hoursToDetection() {
        return hits.entrySet().stream()
                .map(hit -> Duration.between(hit.getKey(), hit.getValue().detectedAt())
                        .toHours())
                .sorted()
                .toList();
    }
}
