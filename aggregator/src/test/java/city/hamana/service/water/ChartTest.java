package city.hamana.service.water;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.sensing.vee.Origin;
import city.hamana.sensing.vee.Use;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartTest {
    private static final Instant START = Instant.parse("2017-01-04T15:00:00Z");

    @Test
    void theAxisBeginsAtZeroAndReachesTheLargestBarInRoundSteps() {
        Chart chart = chart(new Use.Known(87_000, Origin.MEASURED), new Use.Known(0, Origin.MEASURED));
        assertEquals(
                List.of(0L, 50_000L, 100_000L),
                chart.ticks().stream().map(Chart.Tick::millilitres).toList());
        assertEquals(0, chart.bars().get(1).height());
        assertTrue(chart.bars().getFirst().largest());
    }

    @Test
    void aDayWithoutUseHasAnAxisAndNoBar() {
        Chart chart = chart(new Use.Known(0, Origin.MEASURED), new Use.Missing());
        assertEquals(2, chart.ticks().size());
        assertFalse(chart.bars().stream().anyMatch(bar -> bar.height() > 0));
    }

    @Test
    void aWeekBeginsOnMondayAndAMonthOnItsFirst() {
        LocalDate thursday = LocalDate.of(2017, 1, 5);
        assertEquals(LocalDate.of(2017, 1, 2), Span.WEEK.start(thursday));
        assertEquals(LocalDate.of(2017, 1, 1), Span.MONTH.start(thursday));
        assertEquals(LocalDate.of(2017, 2, 1), Span.MONTH.move(LocalDate.of(2017, 1, 1), 1));
    }

    @Test
    void onlyHoursKnownInBothAreCompared() {
        List<Use> now =
                List.of(new Use.Known(5, Origin.MEASURED), new Use.Missing(), new Use.Known(7, Origin.MEASURED));
        List<Use> then = List.of(
                new Use.Known(2, Origin.MEASURED),
                new Use.Known(9, Origin.MEASURED),
                new Use.Known(1, Origin.MEASURED));
        assertEquals(new Comparison("than", 12, 3, 2, 3), Comparison.of("than", now, then));
    }

    private static Chart chart(Use... uses) {
        List<Slice> slices = IntStream.range(0, uses.length)
                .mapToObj(i -> new Slice(START.plusSeconds(3_600L * i), List.of(uses[i])))
                .toList();
        return Chart.of(Chart.Size.DESK, Span.DAY, slices, Collections.nCopies(uses.length, "0"));
    }
}
