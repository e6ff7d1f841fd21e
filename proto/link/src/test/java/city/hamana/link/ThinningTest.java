package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThinningTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
    private static final Instant NOON = Instant.parse("2026-11-20T03:00:00Z");
    private static final List<Quantity> QUANTITIES = List.of(Quantity.values());
    private static final long SEED = 20261122;

    @Test
    void diagnosticsGoFirstAndNothingElse() {
        List<Sample> samples = List.of(
                sample(Quantity.VOLUME, 0, 1),
                sample(Quantity.TEMPERATURE, 0, 17),
                sample(Quantity.BATTERY, 0, 900),
                sample(Quantity.LEVEL, 0, 3));

        assertEquals(List.of(samples.get(0), samples.get(3)), Thinning.DIAGNOSTICS.kept(samples, ZONE));
    }

    @Test
    void ofAnHourTheLastValueStays() {
        List<Sample> samples = List.of(
                sample(Quantity.VOLUME, 0, 1),
                sample(Quantity.VOLUME, 59, 2),
                sample(Quantity.VOLUME, 60, 3),
                sample(Quantity.VOLUME, 119, 4));

        assertEquals(List.of(samples.get(1), samples.get(3)), Thinning.FINE.kept(samples, ZONE));
    }

    @Test
    void aDayEndsAtMidnightInTheCityNotInGreenwich() {
        List<Sample> samples = List.of(
                sample(Quantity.VOLUME, 11 * 60 + 59, 1),
                sample(Quantity.VOLUME, 12 * 60, 2),
                sample(Quantity.VOLUME, 20 * 60, 3));

        assertEquals(List.of(samples.get(0), samples.get(2)), Thinning.HOURLY.kept(samples, ZONE));
    }

    @Test
    void whatHasNoKnownTimeIsNotThinned() {
        Sample one = new Sample("els-1", Quantity.VOLUME, NOON, 1, -3, Quality.CLOCK_UNKNOWN);
        Sample other = new Sample("els-1", Quantity.VOLUME, NOON.plusSeconds(1), 2, -3, Quality.CLOCK_UNKNOWN);

        assertEquals(List.of(one, other), Thinning.HOURLY.kept(List.of(one, other), ZONE));
    }

    @Test
    void theLastValueOfEachDayOfEachRegisterOutlivesEveryStepInAnyOrderOfArrival() {
        Random random = new Random(SEED);
        for (int round = 0; round < 100; round++) {
            List<Sample> samples = scattered(random);
            List<Sample> left = samples;
            for (Thinning step : Thinning.values()) {
                left = step.kept(left, ZONE);
            }

            assertTrue(new HashSet<>(left).containsAll(billingIndexes(samples)));
            assertTrue(left.size() <= samples.size());
            assertEquals(left, Thinning.HOURLY.kept(left, ZONE));
        }
    }

    private static List<Sample> scattered(Random random) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Quantity quantity = QUANTITIES.get(random.nextInt(QUANTITIES.size()));
            samples.add(new Sample(
                    "els-" + random.nextInt(3), quantity, NOON.plusSeconds(random.nextInt(5 * 86_400)), i, -3, 0));
        }
        return samples;
    }

    private static List<Sample> billingIndexes(List<Sample> samples) {
        Map<List<Object>, Sample> last = new HashMap<>();
        samples.stream()
                .filter(s -> s.quantity() == Quantity.VOLUME)
                .sorted(Comparator.comparing(Sample::at))
                .forEach(s -> last.put(List.of(s.meter(), LocalDate.ofInstant(s.at(), ZONE)), s));
        return List.copyOf(last.values());
    }

    private static Sample sample(Quantity quantity, int minute, long value) {
        return new Sample("els-1", quantity, NOON.plusSeconds(60L * minute), value, -3, 0);
    }
}
