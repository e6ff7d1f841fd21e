package city.hamana.link;

import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.v1.LossReason;
import city.hamana.messages.v1.RawTelegram;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is given up when space runs out, in this order: diagnostics, then what lies between the last values of the hours,
 * then what lies between the last values of the days. The last value of each day of each register stays whatever comes:
 * it is what is billed.
 *
 * <p>A sample whose clock is unknown is kept by all steps but the first: nobody can tell yet which is the last of its day.
 */
enum Thinning {
    DIAGNOSTICS(1, LossReason.LOSS_REASON_QUOTA_DIAGNOSTICS),
    FINE(2, LossReason.LOSS_REASON_QUOTA_FINE),
    HOURLY(3, LossReason.LOSS_REASON_QUOTA_HOURLY);

    private final int level;
    private final LossReason reason;

    Thinning(int level, LossReason reason) {
        this.level = level;
        this.reason = reason;
    }

    /** As the journal notes it: a block of level n has gone through steps 1 to n. */
    int level() {
        return level;
    }

    LossReason reason() {
        return reason;
    }

    /** The samples that stay, in their order. */
    List<Sample> kept(List<Sample> samples, ZoneId zone) {
        return switch (this) {
            case DIAGNOSTICS ->
                samples.stream().filter(s -> !s.quantity().diagnostic()).toList();
            case FINE -> lastOfEach(samples, at -> at.truncatedTo(ChronoUnit.HOURS));
            case HOURLY -> lastOfEach(samples, at -> at.atZone(zone).toLocalDate());
        };
    }

    /** The undecoded telegrams that stay: all, but at the last step only the latest of each line and day. */
    List<RawTelegram> keptTelegrams(List<RawTelegram> telegrams, ZoneId zone) {
        if (this != HOURLY) {
            return telegrams;
        }
        Map<List<Object>, RawTelegram> latest = new LinkedHashMap<>();
        for (RawTelegram telegram : telegrams) {
            Object day = Instant.ofEpochMilli(telegram.getReceivedUnixMs())
                    .atZone(zone)
                    .toLocalDate();
            latest.merge(List.of(telegram.getLine(), day), telegram, Thinning::later);
        }
        return List.copyOf(latest.values());
    }

    private static RawTelegram later(RawTelegram one, RawTelegram other) {
        return other.getReceivedUnixMs() >= one.getReceivedUnixMs() ? other : one;
    }

    private record Slot(String meter, Quantity quantity, Object period) {}

    private static List<Sample> lastOfEach(List<Sample> samples, Function<Instant, Object> period) {
        Map<Slot, Sample> last = new LinkedHashMap<>();
        List<Sample> kept = new ArrayList<>();
        for (Sample sample : samples) {
            if ((sample.flags() & Quality.CLOCK_UNKNOWN) != 0) {
                kept.add(sample);
            } else {
                Slot slot = new Slot(sample.meter(), sample.quantity(), period.apply(sample.at()));
                last.merge(slot, sample, (one, other) -> other.at().isBefore(one.at()) ? one : other);
            }
        }
        kept.addAll(last.values());
        kept.sort(Comparator.comparing(Sample::at));
        return kept;
    }
}
