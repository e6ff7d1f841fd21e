package city.hamana.sensing.demand;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.sensing.inflow.InflowException;
import city.hamana.sensing.inflow.OffDays;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class WeekAheadTest {
    private static final LocalDate BEGIN = LocalDate.of(2025, 1, 6);
    private static final LocalDate FIRST = BEGIN.plusWeeks(16);

    @Test
    void aTownThatRepeatsItsWeekIsForecastExactly() {
        double[][] week = forecast(WeekAheadTest::usual, OffDays.none(), Weather.unknown());
        for (int day = 0; day < 7; day++) {
            for (int hour = 0; hour < 24; hour++) {
                double truth = usual(FIRST.plusDays(day).atTime(hour, 0));
                assertEquals(truth, week[day][hour], 0.05 * truth, day + " days and " + hour + " hours ahead");
            }
        }
    }

    @Test
    void aHolidayIsForecastAsASunday() {
        OffDays holiday = new OffDays(Set.of(FIRST.plusDays(1)));
        double[][] week = forecast(WeekAheadTest::usual, holiday, Weather.unknown());
        assertArrayEquals(week[6], week[1], 1);
    }

    @Test
    void aLevelThatRoseTheDayBeforeYesterdayIsFollowed() {
        LocalDateTime rise = FIRST.minusDays(2).atStartOfDay();
        double[][] week = forecast(at -> usual(at) + (at.isBefore(rise) ? 0 : 5), OffDays.none(), Weather.unknown());
        assertEquals(5, Days.mean(week[0]) - mean(FIRST), 1.5);
        assertTrue(Days.mean(week[3]) - mean(FIRST.plusDays(3)) > 1);
    }

    @Test
    void oneAbsurdHourChangesNothingThatMatters() {
        LocalDateTime fault = FIRST.minusDays(1).atTime(12, 0);
        double[][] week = forecast(at -> at.equals(fault) ? 1e6 : usual(at), OffDays.none(), Weather.unknown());
        assertEquals(mean(FIRST), Days.mean(week[0]), 0.1 * mean(FIRST));
    }

    @Test
    void threeWeeksWithoutRowsBeforeTheForecastAreBridged() {
        LocalDateTime silent = FIRST.minusDays(21).atStartOfDay();
        double[][] week =
                forecast(at -> at.isBefore(silent) ? usual(at) : Double.NaN, OffDays.none(), Weather.unknown());
        assertEquals(mean(FIRST), Days.mean(week[0]), 0.1 * mean(FIRST));
    }

    @Test
    void aTownThatWatersItsGardensIsForecastByTheHeatToCome() {
        Map<LocalDate, Weather.Day> days = new HashMap<>();
        for (int day = 0; day < 140; day++) {
            days.put(BEGIN.plusDays(day), new Weather.Day(20 + 6 * Math.sin(day * 1.3), 0));
        }
        days.put(FIRST.plusDays(2), new Weather.Day(35, 0));
        ToDoubleFunction<LocalDateTime> gardens =
                at -> usual(at) + days.get(at.toLocalDate()).temperature();
        double hot = Days.mean(forecast(gardens, OffDays.none(), new Weather(days))[2]);
        double unknown = Days.mean(forecast(gardens, OffDays.none(), Weather.unknown())[2]);
        assertTrue(hot > unknown + 5, hot + " with the weather, " + unknown + " without");
    }

    @Property(tries = 20)
    void whatComesAfterTheFirstHourIsNeverLookedAt(@ForAll @DoubleRange(min = -1000, max = 1000) double later) {
        LocalDateTime first = FIRST.atStartOfDay();
        double[][] week = forecast(at -> at.isBefore(first) ? usual(at) : later, OffDays.none(), Weather.unknown());
        double[][] other =
                forecast(at -> at.isBefore(first) ? usual(at) : Double.NaN, OffDays.none(), Weather.unknown());
        for (int day = 0; day < 7; day++) {
            assertArrayEquals(other[day], week[day]);
        }
    }

    @Test
    void aForecastNeedsTwoWeeksBeforeIt() {
        WeekAhead weekAhead = new WeekAhead(demand(WeekAheadTest::usual), OffDays.none(), Weather.unknown());
        assertThrows(InflowException.class, () -> weekAhead.forecast(0, BEGIN.plusDays(13), 7));
        assertEquals(7, weekAhead.forecast(0, BEGIN.plusDays(14), 7).length);
    }

    @Test
    void accuracyIsMeanAndWorstOfTheFirstDayAndMeanOfTheRestWithoutTheGaps() {
        double[][] forecast = new double[2][24];
        double[][] truth = new double[2][24];
        truth[0][3] = -6;
        truth[0][4] = Double.NaN;
        truth[1][5] = 12;
        assertEquals(new Accuracy(6.0 / 23, 6, 0.5), Accuracy.of(forecast, truth));
    }

    private static double[][] forecast(ToDoubleFunction<LocalDateTime> town, OffDays offDays, Weather weather) {
        return new WeekAhead(demand(town), offDays, weather).forecast(0, FIRST, 7);
    }

    private static Demand demand(ToDoubleFunction<LocalDateTime> town) {
        Map<LocalDateTime, double[]> hours = new LinkedHashMap<>();
        Map<LocalDateTime, Duration> ahead = new LinkedHashMap<>();
        for (LocalDateTime at = BEGIN.atStartOfDay();
                at.isBefore(FIRST.plusDays(7).atStartOfDay());
                at = at.plusHours(1)) {
            hours.put(at, new double[] {town.applyAsDouble(at)});
            ahead.put(at, Duration.ofHours(9));
        }
        return new Demand(List.of("A"), hours, ahead);
    }

    private static double usual(LocalDateTime at) {
        double day =
                at.getDayOfWeek().getValue() == 7 ? 70 : 90 + at.getDayOfWeek().getValue();
        return day * (at.getHour() >= 7 && at.getHour() < 23 ? 1.2 : 0.4);
    }

    private static double mean(LocalDate day) {
        double sum = 0;
        for (int hour = 0; hour < 24; hour++) {
            sum += usual(day.atTime(hour, 0));
        }
        return sum / 24;
    }
}
