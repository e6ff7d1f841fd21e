package city.hamana.platform.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void stepsAreOneTwoOrFiveTimesATen() {
        assertEquals(1_000, Axis.of(0, 0, 4_000).step());
        assertEquals(1_000, Axis.of(0, 4_000, 4_000).step());
        assertEquals(2_000, Axis.of(0, 4_001, 4_001).step());
        assertEquals(50_000, Axis.of(0, 200_000, 200_000).step());
        assertEquals(10_000_000, Axis.of(0, 30_000_000, 30_000_000).step());
        assertEquals(List.of(-1.0, -0.5, 0.0, 0.5), Axis.of(-0.7, 0.4, 1.1).values());
    }

    @Property
    void anAxisHoldsWhatIsDrawnInFewRoundSteps(
            @ForAll @DoubleRange(min = -1e5, max = 1e5) double one,
            @ForAll @DoubleRange(min = -1e5, max = 1e5) double other) {
        double least = Math.min(one, other);
        double most = Math.max(one, other);
        Axis axis = Axis.of(least, most, Math.max(most - least, 1e-2));
        double almost = axis.step() * 1e-6;
        assertTrue(axis.bottom() <= least + almost && axis.top() >= most - almost, axis.toString());
        assertTrue(
                axis.values().size() >= 2 && axis.values().size() <= 6,
                axis.values().toString());
        assertEquals(0, axis.share(axis.bottom()));
        assertEquals(1, axis.share(axis.top()));
        assertTrue(
                "%.0e".formatted(axis.step()).matches("[125]e.*"),
                () -> String.format(Locale.ROOT, "%.17g", axis.step()));
        assertEquals(axis.top(), axis.values().getLast(), almost);
    }
}
