package city.hamana.sensing.readings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DayTest {
    private static final long DAY = 17_171;

    @Property
    void anyOrderRepetitionAndSplitOfTheSameSamplesGiveTheSameBytes(
            @ForAll("samples") List<Point> samples, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] expected = merged(List.of(samples));
        List<Point> shuffled = new ArrayList<>(samples);
        shuffled.addAll(samples.subList(0, random.nextInt(samples.size())));
        Collections.shuffle(shuffled, random);
        List<List<Point>> parts = new ArrayList<>();
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(5));
            parts.add(shuffled.subList(from, to));
            from = to;
        }
        assertArrayEquals(expected, merged(parts));
    }

    @Property
    void whatIsHeldIsNeverReplacedByAnotherValue(@ForAll("samples") List<Point> samples) {
        Day day = new Day(List.of());
        samples.forEach(day::merge);
        byte[] before = day.packed(DAY);
        for (Point sample : samples) {
            Point other = new Point(sample.at(), sample.value() + 1, sample.exponent(), 0);
            assertEquals(new MergeResult(0, 0, 1), day.merge(other));
        }
        assertArrayEquals(before, day.packed(DAY));
    }

    /** Each part is merged into the bytes that the parts before it left. */
    private static byte[] merged(List<List<Point>> parts) {
        byte[] packed = null;
        for (List<Point> part : parts) {
            Day day = new Day(packed == null ? List.of() : Packed.unpack(DAY, packed));
            part.forEach(day::merge);
            packed = day.packed(DAY);
        }
        return packed;
    }

    /** Samples that agree: where an instant comes twice it has the same value, on another scale and with other flags. */
    @Provide
    Arbitrary<List<Point>> samples() {
        Arbitrary<Point> point = Combinators.combine(
                        Arbitraries.integers().between(0, 23),
                        Arbitraries.integers().between(-3, 0),
                        Arbitraries.integers().between(0, 7))
                .as((hour, exponent, flags) -> new Point(
                        DAY * Packed.DAY_MS + hour * 3_600_000L + 1_183_000L,
                        Math.round((hour * 17L % 40L) * Math.pow(10, -exponent)),
                        exponent,
                        flags));
        return point.list().ofMinSize(1).ofMaxSize(60);
    }
}
