package city.hamana.sensing.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.sensing.inflow.CsvRows;
import city.hamana.sensing.inflow.OffDays;
import java.io.StringReader;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LeakWatchTest {
    private static final int DAY = 24;
    private static final int BURST = 60 * DAY + 13;

    @Test
    void aLeakOfAFifteenthOfTheInflowIsFoundWithinThreeDaysWithItsDayAndItsSize() {
        List<Leak> leaks = leaks(new Town(90, 1).step(BURST, 8).rows());
        assertEquals(1, leaks.size(), leaks::toString);
        Leak leak = leaks.getFirst();
        assertTrue(leak.detectedAt().isBefore(Town.BEGIN.plusHours(BURST + 72)), leak::toString);
        assertTrue(Math.abs(hours(leak.startedAt()) - BURST) <= DAY, leak::toString);
        assertEquals(8, leak.rateM3h(), 2.5);
    }

    @Test
    void aTornMainIsFoundWithinHours() {
        Leak leak = leaks(new Town(90, 2).step(BURST, 60).rows()).getFirst();
        assertTrue(leak.detectedAt().isBefore(Town.BEGIN.plusHours(BURST + 12)), leak::toString);
    }

    @Test
    void aLeakThatGrowsOverWeeksIsFound() {
        List<Leak> leaks = leaks(new Town(120, 3).ramp(BURST, 40, 25).rows());
        assertTrue(!leaks.isEmpty() && leaks.getFirst().detectedAt().isAfter(Town.BEGIN.plusHours(BURST)));
    }

    @Test
    void aSoundNetworkIsNotAccused() {
        for (long seed = 10; seed < 15; seed++) {
            assertEquals(List.of(), leaks(new Town(180, seed).rows()));
        }
    }

    @Test
    void aTownThatUsesMoreEveryWeekUntilSummerDoesNotLeak() {
        assertEquals(List.of(), leaks(new Town(180, 4).summer(0.25).rows()));
        assertEquals(List.of(), leaks(new Town(180, 5).summer(-0.2).rows()));
    }

    @Test
    void holidaysThatAreKnownAreNoLeaks() {
        Set<LocalDate> golden = Set.of(LocalDate.of(2025, 5, 5), LocalDate.of(2025, 5, 6), LocalDate.of(2025, 7, 21));
        assertEquals(List.of(), leaks(new Town(180, 6, golden).rows(), new OffDays(golden)));
    }

    @Test
    void aHydrantThatRunsForAnAfternoonIsNoLeak() {
        assertEquals(List.of(), leaks(new Town(90, 7).hydrant(BURST, 5, 25).rows()));
    }

    @Test
    void afterARepairTheBaselineFallsAndTheNextLeakIsFoundAsIfTheFirstHadNeverBeen() {
        int repair = BURST + 20 * DAY;
        int second = repair + 20 * DAY;
        List<Leak> leaks = leaks(new Town(140, 8)
                .step(BURST, 12)
                .step(repair, -12)
                .step(second, 9)
                .rows());
        assertEquals(2, leaks.size(), leaks::toString);
        assertTrue(Math.abs(hours(leaks.getLast().startedAt()) - second) <= 6, leaks::toString);
        assertEquals(9, leaks.getLast().rateM3h(), 3);
    }

    @Test
    void aSecondLeakIsFoundWhileTheFirstIsOpenAndTheFirstIsToldOnce() {
        List<Leak> leaks = leaks(
                new Town(140, 9).step(BURST, 12).step(BURST + 15 * DAY, 10).rows());
        assertEquals(2, leaks.size(), leaks::toString);
    }

    @Test
    void aSmallRiseSoonAfterAnAlarmIsTheSameLeaksAndAfterALongSilenceItIsALeak() {
        for (long seed = 30; seed < 33; seed++) {
            assertEquals(1, leaks(burstAndSmallRiseAfter(6, seed)).size());
            assertEquals(2, leaks(burstAndSmallRiseAfter(45, seed)).size());
        }
    }

    private static List<Town.Row> burstAndSmallRiseAfter(int days, long seed) {
        return new Town(110, seed)
                .step(BURST - 20 * DAY, 20)
                .step(BURST + (days - 20) * DAY, 3.5)
                .rows();
    }

    @Test
    void aWeakRiseMustLastTwoDays() {
        Leak leak = leaks(new Town(90, 1).step(BURST, 4).rows()).getFirst();
        assertTrue(Duration.between(leak.startedAt(), leak.detectedAt()).toHours() >= 48, leak::toString);
    }

    @Test
    void aFortnightWithoutRowsHidesNoLeakThatBeginsLater() {
        List<Town.Row> rows = new Town(120, 20)
                .step(80 * DAY, 10).rows().stream()
                        .filter(row -> hours(row.at()) < 40 * DAY || hours(row.at()) > 54 * DAY)
                        .toList();
        assertEquals(1, leaks(rows).size());
    }

    @Test
    void rowsOfOneAndOfFiveMinutesGiveTheSameLeakAsRowsOfAnHour() {
        for (int minutes : List.of(1, 5, 15)) {
            List<Leak> leaks = leaks(new Town(75, 1).step(BURST, 10).rows(minutes));
            assertEquals(1, leaks.size(), leaks::toString);
            assertTrue(Math.abs(hours(leaks.getFirst().startedAt()) - BURST) <= 6, leaks::toString);
        }
    }

    @Test
    void theReasonTellsTheCrewSinceWhenHowMuchAndAgainstWhat() {
        String reason = leaks(new Town(90, 1).step(BURST, 10).rows()).getFirst().reason();
        assertTrue(
                reason.matches(
                        "Since 2025-05-0\\d \\d\\d:00 about \\d+\\.\\d\\d m3/h more .* m3/h on average over \\d+ hours.*"),
                reason);
    }

    @Property(tries = 25)
    void whatIsSaidOfTheFirstRowsIsNeverChangedByTheRowsThatFollow(
            @ForAll @IntRange(min = 0, max = 1) int kind,
            @ForAll @IntRange(min = 1, max = 80 * DAY) int cut,
            @ForAll @IntRange(min = 20 * DAY, max = 70 * DAY) int start) {
        Town town = kind == 0 ? new Town(80, cut).step(start, 9) : new Town(80, cut).ramp(start, 20, 25);
        List<Town.Row> rows = town.rows();
        List<Leak> all = leaks(rows);
        LocalDateTime last = rows.get(cut - 1).at();
        assertEquals(
                all.stream().filter(leak -> !leak.detectedAt().isAfter(last)).toList(), leaks(rows.subList(0, cut)));
    }

    @Property(tries = 25)
    void theRowThatRaisesTheAlarmHasNoPartInIt(@ForAll @IntRange(min = -1000, max = 100_000) int nonsense) {
        List<Town.Row> rows = new ArrayList<>(new Town(75, 1).step(BURST, 10).rows());
        Leak leak = leaks(rows).getFirst();
        int alarm = (int) hours(leak.detectedAt());
        List<Town.Row> changed = new ArrayList<>(rows.subList(0, alarm));
        changed.add(new Town.Row(leak.detectedAt(), nonsense));
        assertEquals(List.of(leak), leaks(changed));
    }

    @Test
    void aRowThatIsNotLaterThanTheOneBeforeItIsRefused() {
        LeakWatch watch = new LeakWatch(OffDays.none());
        assertTrue(watch.row(Town.BEGIN, 100).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> watch.row(Town.BEGIN, 100));
    }

    @Test
    void nonsenseInAFileIsLeftOutWithItsLineAndTheRestIsWatched() {
        List<String> lines = new ArrayList<>(new Town(90, 1)
                .step(BURST, 10).rows().stream()
                        .map(row -> row.at() + "," + row.inflow())
                        .toList());
        lines.add(100, "yesterday,100");
        lines.add(200, lines.get(198));
        lines.add(300, Town.BEGIN.plusHours(298).plusMinutes(30) + ",a lot");
        lines.add(400, "9".repeat(100_000));
        lines.add(500, Town.BEGIN.plusHours(496).plusMinutes(30) + ",NaN");
        lines.add(600, "2099-01-01T00:00:00,100");
        List<String> refused = new ArrayList<>();
        List<Leak> found = new ArrayList<>();
        follow("timestamp,inflow_m3h\n" + String.join("\n", lines), found, refused);
        assertEquals(1, found.size(), found::toString);
        assertEquals(
                List.of("in.csv:102", "in.csv:202", "in.csv:302", "in.csv:402", "in.csv:502", "in.csv:602"),
                refused.stream().map(why -> why.split(": ")[0]).toList(),
                refused::toString);
        assertTrue(refused.get(1).endsWith("sort the rows and leave doubles out"), refused::toString);
    }

    @Test
    void columnsMayStandInAnyOrderWithOthersBesideThem() {
        String text = new Town(90, 1)
                .step(BURST, 10).rows().stream()
                        .map(row ->
                                "x," + row.inflow() + "," + row.at().toString().replace('T', ' ') + "+09:00")
                        .collect(Collectors.joining("\n", "\ufeffdma,inflow_m3h,timestamp\n", ""));
        List<Leak> found = new ArrayList<>();
        follow(text, found, new ArrayList<>());
        assertEquals(1, found.size());
    }

    private static void follow(String text, List<Leak> found, List<String> refused) {
        LeakWatch.follow(new CsvRows(new StringReader(text), "in.csv"), OffDays.none(), new LeakWatch.Findings() {
            @Override
            public void found(Leak leak) {
                found.add(leak);
            }

            @Override
            public void refused(String why) {
                refused.add(why);
            }
        });
    }

    private static List<Leak> leaks(List<Town.Row> rows) {
        return leaks(rows, OffDays.none());
    }

    private static List<Leak> leaks(List<Town.Row> rows, OffDays offDays) {
        LeakWatch watch = new LeakWatch(offDays);
        List<Leak> leaks = new ArrayList<>();
        rows.forEach(row -> watch.row(row.at(), row.inflow()).ifPresent(leaks::add));
        return leaks;
    }

    private static long hours(LocalDateTime at) {
        return Duration.between(Town.BEGIN, at).toHours();
    }
}
