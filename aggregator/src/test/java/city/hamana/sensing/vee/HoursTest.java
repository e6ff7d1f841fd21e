package city.hamana.sensing.vee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HoursTest {
    private static final Instant NOON = Instant.parse("2017-01-05T03:00:00Z");

    @Test
    void theRegisterAtAFullHourLiesBetweenTheReadingsAroundIt() {
        // 60 L between 11:40 and 12:40, 120 L until 13:40: 20 of the first belong to 12:40 minus 12:00 …
        List<Sample> samples = List.of(register(-20, 1_000), register(40, 1_060), register(100, 1_180));
        assertEquals(List.of(known(40_000 + 40_000)), Hours.of(samples, NOON, 1));
    }

    @Test
    void readingsFurtherApartThanNinetyMinutesLeaveAGap() {
        List<Sample> samples =
                List.of(register(-20, 1_000), register(40, 1_060), register(131, 1_180), register(190, 1_200));
        assertEquals(List.of(new Use.Missing(), new Use.Missing(), new Use.Missing()), Hours.of(samples, NOON, 3));
        assertEquals(
                List.of(known(80_000), known(60_000)),
                Hours.of(
                        List.of(register(0, 1_000), register(30, 1_040), register(60, 1_080), register(120, 1_140)),
                        NOON,
                        2));
    }

    @Test
    void exactlyNinetyMinutesIsNoGap() {
        List<Sample> samples = List.of(register(-45, 1_000), register(45, 1_090), register(135, 1_180));
        assertEquals(List.of(known(60_000)), Hours.of(samples, NOON, 1));
    }

    @Test
    void aRegisterThatGoesDownMakesItsHourInvalidAndNotNegative() {
        List<Sample> samples = List.of(
                register(0, 1_000), register(60, 1_010), register(90, 500), register(120, 505), register(180, 515));
        assertEquals(List.of(known(10_000), new Use.Decreased(), known(10_000)), Hours.of(samples, NOON, 3));
    }

    @Test
    void whatHasNotComeIsNeitherAGapNorZero() {
        List<Sample> samples = List.of(register(-10, 1_000), register(50, 1_010));
        assertEquals(List.of(new Use.NotYet(), new Use.NotYet()), Hours.of(samples, NOON, 2));
        assertEquals(List.of(new Use.NotYet()), Hours.of(List.of(), NOON, 1));
    }

    @Test
    void anHourBeforeTheFirstReadingIsAGap() {
        List<Sample> samples = List.of(register(30, 1_000), register(90, 1_010));
        assertEquals(List.of(new Use.Missing()), Hours.of(samples, NOON, 1));
    }

    @Test
    void aMeterThatReportsAnErrorIsNotBelieved() {
        List<Sample> samples = List.of(
                register(0, 1_000),
                new Sample("els-1", Quantity.VOLUME, NOON.plusSeconds(1_800), 9_999, -3, Quality.METER_ERROR),
                register(60, 1_010));
        assertEquals(List.of(known(10_000)), Hours.of(samples, NOON, 1));
    }

    @Test
    void anEstimatedRegisterMakesItsHoursEstimated() {
        List<Sample> samples = List.of(
                register(0, 1_000), new Sample("els-1", Quantity.VOLUME, NOON.plusSeconds(3_600), 1_010, -3, 4));
        assertEquals(List.of(new Use.Known(10_000, Origin.DEVICE)), Hours.of(samples, NOON, 1));
    }

    @Test
    void aRegisterThatNoMeterCanShowIsPassedOver() {
        List<Sample> samples = List.of(
                register(0, 1_000),
                new Sample("els-1", Quantity.VOLUME, NOON.plusSeconds(600), Long.MAX_VALUE, 12, 0),
                new Sample("els-1", Quantity.VOLUME, NOON.plusSeconds(900), -5, 0, 0),
                register(60, 1_010));
        assertEquals(List.of(known(10_000)), Hours.of(samples, NOON, 1));
    }

    @Property(tries = 300)
    void withoutAGapTheHoursAddUpToTheRegistersDifference(
            @ForAll @Size(min = 60, max = 60) List<@IntRange(min = 1, max = 5_399) Integer> steps,
            @ForAll @Size(min = 60, max = 60) List<@IntRange(min = 0, max = 400) Integer> litres,
            @ForAll long seed) {
        List<Sample> samples = new ArrayList<>();
        long second = 0;
        long register = 260_575;
        samples.add(at(0, register));
        for (int i = 0; i < steps.size(); i++) {
            second += steps.get(i);
            register += litres.get(i);
            samples.add(at(second, register));
        }
        int hours = (int) (second / 3_600);
        // A reading on the last full hour makes the register there known without interpolation.
        samples.removeIf(s -> s.at().isAfter(NOON.plus(Duration.ofHours(hours))));
        long last = samples.getLast().value() + 7;
        samples.removeIf(s -> s.at().equals(NOON.plus(Duration.ofHours(hours))));
        samples.add(at(hours * 3_600L, last));
        Collections.shuffle(samples, new Random(seed));

        List<Use> uses = Hours.of(samples, NOON, hours);
        long sum = 0;
        for (Use use : uses) {
            sum += assertInstanceOf(Use.Known.class, use).millilitres();
        }
        assertEquals(hours == 0 ? 0 : (last - 260_575) * 1_000, sum);
    }

    @Property(tries = 300)
    void anyReadingsGiveSoManyHoursAndNoNegativeUse(
            @ForAll @Size(max = 50) List<@IntRange(min = -20_000, max = 120_000) Integer> seconds,
            @ForAll @Size(max = 50) List<@IntRange(min = -5, max = 100_000) Integer> litres) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < Math.min(seconds.size(), litres.size()); i++) {
            samples.add(at(seconds.get(i), litres.get(i)));
        }
        List<Use> uses = Hours.of(samples, NOON, 24);
        assertEquals(24, uses.size());
        for (Use use : uses) {
            if (use instanceof Use.Known(var millilitres, var origin)) {
                assertEquals(Math.abs(millilitres), millilitres);
            }
        }
    }

    private static Use known(long millilitres) {
        return new Use.Known(millilitres, Origin.MEASURED);
    }

    private static Sample register(int minute, long litres) {
        return at(minute * 60L, litres);
    }

    private static Sample at(long second, long litres) {
        return new Sample("els-1", Quantity.VOLUME, NOON.plusSeconds(second), litres, -3, 0);
    }
}
