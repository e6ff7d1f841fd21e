package city.hamana.service.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Night flow and balance, reckoned by hand. */
class NightFlowTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final LocalDate DAY = LocalDate.of(2016, 12, 7);

    @Test
    void theTwentiethPercentileOfSevenNightsLessLegitimateUseIsLost() {
        NavigableMap<LocalDate, Long> nights = new TreeMap<>();
        long[] litres = {900, 1_000, 1_100, 1_200, 1_300, 1_400, 9_000};
        for (int i = 0; i < litres.length; i++) {
            nights.put(DAY.minusDays(i), litres[i]);
        }
        nights.put(DAY.minusDays(7), 1L);
        NightFlow flow = NightFlow.of(nights, DAY, 100, 200, 600);
        // The place is 0.2 · 6 = 1.2: between 1,000 and 1,100.
        assertEquals(1_020, flow.percentile().orElseThrow(), 1e-9);
        assertEquals(820, flow.lost().orElseThrow(), 1e-9);
        assertEquals(420, flow.lostAtLeast().orElseThrow(), 1e-9);
        assertEquals(920, flow.lostAtMost().orElseThrow(), 1e-9);
        assertEquals(Optional.of(900L), flow.night());
    }

    @Test
    void threeNightsAreTooFewAndNothingIsLostBelowLegitimateUse() {
        NavigableMap<LocalDate, Long> nights = new TreeMap<>();
        for (int i = 0; i < 3; i++) {
            nights.put(DAY.minusDays(i), 100L);
        }
        assertTrue(NightFlow.of(nights, DAY, 1, 2, 6).lost().isEmpty());
        nights.put(DAY.minusDays(3), 100L);
        assertEquals(0, NightFlow.of(nights, DAY, 100, 200, 600).lost().orElseThrow());
    }

    @Test
    void aDayIsBalancedOnlyWhenEveryHourHasAFigure() {
        long first = DayLine.hour(DAY, TOKYO);
        List<Hour> hours = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            hours.add(new Hour(first + i, 1_000 + i, false));
        }
        DayLine whole = line(hours);
        assertEquals(Optional.of(24_276L - 20_000), whole.difference());
        assertEquals(20.0, whole.deviation().orElseThrow(), 1.5);
        hours.remove(5);
        DayLine gap = line(hours);
        assertTrue(gap.difference().isEmpty(), "an hour without a figure is not 0");
        assertFalse(gap.complete());
        assertEquals(23 * 850.0, gap.expected().orElseThrow(), 1e-9, "of the same hours");
    }

    private static DayLine line(List<Hour> hours) {
        double[] expected = new double[24];
        java.util.Arrays.fill(expected, 850);
        return DayLine.of(
                        DAY,
                        DAY.plusDays(1),
                        TOKYO,
                        hours,
                        new TreeMap<>(java.util.Map.of(DAY, expected)),
                        new TreeMap<>(java.util.Map.of(DAY, new Flows.Used(20_000, 2, 3))),
                        new TreeMap<>(),
                        Instant.parse("2017-01-01T00:00:00Z"))
                .getFirst();
    }

    @Test
    void everyStateButTheLastTwoGoesOnAndEveryEdgeHasItsEvent() {
        for (LeakState state : LeakState.values()) {
            assertEquals(state.closed(), Edge.from(state).isEmpty(), state.code());
        }
        assertTrue(Edge.TABLE.stream().allMatch(edge -> edge.event().startsWith("network.leak-")));
        assertTrue(
                Edge.TABLE.stream().filter(edge -> edge.to().closed()).allMatch(Edge::asks),
                "closing says what was found");
    }

    @Test
    void aLineIsBrokenWhereNothingIsKnown() {
        double[] values = {1, 2, Double.NaN, 3, Double.NaN};
        List<Instant> at = List.of(
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(1),
                Instant.EPOCH.plusSeconds(2),
                Instant.EPOCH.plusSeconds(3),
                Instant.EPOCH.plusSeconds(4));
        FlowChart chart = FlowChart.of(FlowChart.Size.DESK, at, List.of(new FlowChart.Values("measured", values)));
        assertEquals(2, chart.lines().getFirst().stretches().size());
    }
}
