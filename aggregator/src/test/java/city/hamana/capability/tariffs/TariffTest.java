package city.hamana.capability.tariffs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.rules.Stretch;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The arithmetic of a tariff. The prices are those that Fukuoka City published for homes (up to 25 mm, 8 % consumption tax),
 * two months at a time, here as months.
 */
class TariffTest {
    private static final Part TWO_MONTHS = new Part(BigDecimal.valueOf(200), 2, "part");
    private static final String[] NIGHT_DAY_OTHER = {"night", "day", "other"};

    @ParameterizedTest(name = "{0} mm, {1} m3 in two months: {2} yen")
    @CsvSource({
        "13, 0, 1836",
        "13, 1, 1854",
        "13, 20, 2203",
        "13, 21, 2370",
        "20, 40, 6588",
        "20, 41, 6850",
        "20, 60, 11836",
        "20, 61, 12143",
        "20, 100, 24105",
        "20, 200, 60285",
        "20, 201, 60703",
        "25, 250, 85028",
    })
    void twoMonthsOfAHomeCostWhatThePublishedTableSays(int bore, long cubicMetres, long yen) {
        assertEquals(yen, fukuoka(bore).ordinary(use(cubicMetres)).yen());
    }

    @Test
    void eachStepStandsOnALineOfItsOwnWithItsRule() {
        List<Line> lines = fukuoka(20).ordinary(use(45)).lines();
        assertEquals(
                List.of("base  2660 b part", "step 1-20 340 s1", "step 21-40 3100 s2", "step 41-60 1215 s3"),
                lines.stream()
                        .map(l -> l.kind().code() + " " + l.code() + " "
                                + l.yen().stripTrailingZeros().toPlainString() + " " + l.rule())
                        .toList());
    }

    @Test
    void supplyThatBeganInTheMiddlePaysHalfABaseChargeAndTheStepsOfOneMonth() {
        Part half = new Part(BigDecimal.valueOf(50), 1, "part");
        Amount amount = fukuoka(20).ordinary(new Billed(half, 15, 0, Relief.NONE));
        assertEquals("665", plain(Line.sum(Line.Kind.BASE, amount.lines())));
        assertEquals(10 * 17 + 5 * 155, Line.sum(Line.Kind.STEP, amount.lines()).intValueExact());
    }

    @Test
    void halfOfWhatAHiddenLeakCostOverTheUsualUseIsNotCharged() {
        Relief leak = new Relief("leak", BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.valueOf(50), "relief");
        Amount amount = fukuoka(20).ordinary(new Billed(TWO_MONTHS, 151, 40, leak));
        assertEquals(fukuoka(20).ordinary(use(95)).yen(), amount.yen());
        assertEquals(
                "56",
                amount.lines().stream()
                        .filter(line -> line.kind() == Line.Kind.EXCESS_OFF)
                        .findFirst()
                        .map(line -> plain(line.cubicMetres()))
                        .orElseThrow());
    }

    @Test
    void wholeReliefLeavesNothingToPay() {
        Relief all = new Relief("disaster", BigDecimal.valueOf(100), BigDecimal.valueOf(100), BigDecimal.ZERO, "r");
        assertEquals(0, fukuoka(20).ordinary(new Billed(TWO_MONTHS, 60, 0, all)).yen());
    }

    @Test
    void waterOfTheNightCostsFourTenths() {
        TimeOfUse plan = plan(40, 80, 100);
        Billed.ByBand night = new Billed.ByBand(Map.of("night", 40_000_000L), 0);
        assertEquals(
                (long) Math.floor((2660 + 3440 * 0.4) * 1.08),
                fukuoka(20).byBand(use(40), plan, night).yen());
    }

    @Test
    void waterWhoseHourNobodyKnowsCostsWhatItCostsOrdinarily() {
        Billed.ByBand unknown = new Billed.ByBand(Map.of(), 17);
        Billed.ByBand none = new Billed.ByBand(Map.of(), 0);
        assertEquals(
                6588, fukuoka(20).byBand(use(40), plan(40, 80, 100), unknown).yen());
        assertEquals(6588, fukuoka(20).byBand(use(40), plan(40, 80, 100), none).yen());
    }

    @Property
    void bandsThatAllCostTheWholePriceComeToTheOrdinaryBill(
            @ForAll @LongRange(max = 3_000) long cubicMetres,
            @ForAll @LongRange(max = 3_000_000_000L) long night,
            @ForAll @LongRange(max = 3_000_000_000L) long day,
            @ForAll @LongRange(max = 3_000_000_000L) long other,
            @ForAll @LongRange(max = 50_000_000L) long unknown) {
        Billed.ByBand use = new Billed.ByBand(Map.of("night", night, "day", day, "other", other), unknown);
        Amount byHours = fukuoka(20).byBand(use(cubicMetres), plan(100, 100, 100), use);
        assertEquals(fukuoka(20).ordinary(use(cubicMetres)).yen(), byHours.yen());
    }

    @Property
    void whereNoBandIsDearerThanTheOrdinaryPriceNoBillIsHigher(
            @ForAll @LongRange(max = 3_000) long cubicMetres,
            @ForAll @IntRange(max = 100) int night,
            @ForAll @IntRange(max = 100) int day,
            @ForAll @LongRange(max = 3_000_000_000L) long atNight,
            @ForAll @LongRange(max = 3_000_000_000L) long byDay) {
        Billed.ByBand use = new Billed.ByBand(Map.of("night", atNight, "day", byDay), 1);
        long byHours =
                fukuoka(20).byBand(use(cubicMetres), plan(night, day, 100), use).yen();
        assertTrue(byHours <= fukuoka(20).ordinary(use(cubicMetres)).yen());
    }

    @Property
    void theStepsTakeEveryCubicMetreOnceAndMoreWaterNeverCostsLess(
            @ForAll @LongRange(max = 100_000) long cubicMetres, @ForAll @IntRange(min = 1, max = 6) int months) {
        Part part = new Part(BigDecimal.valueOf(100L * months), months, "part");
        Amount amount = fukuoka(13).ordinary(new Billed(part, cubicMetres, 0, Relief.NONE));
        assertEquals(
                BigDecimal.valueOf(cubicMetres),
                amount.lines().stream().map(Line::cubicMetres).reduce(BigDecimal.ZERO, BigDecimal::add));
        assertTrue(amount.yen()
                <= fukuoka(13)
                        .ordinary(new Billed(part, cubicMetres + 1, 0, Relief.NONE))
                        .yen());
    }

    @Property
    void whatIsPaidIsTheLinesWithTaxAndLessThanOneYenIsDropped(
            @ForAll @LongRange(max = 5_000) long cubicMetres, @ForAll @IntRange(max = 100) int off) {
        Relief relief = new Relief("welfare", BigDecimal.valueOf(off), BigDecimal.ZERO, BigDecimal.ZERO, "r");
        Amount amount = fukuoka(13).ordinary(new Billed(TWO_MONTHS, cubicMetres, 0, relief));
        BigDecimal exact = amount.lines().stream()
                .map(Line::yen)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .multiply(new BigDecimal("1.08"));
        BigDecimal dropped = exact.subtract(BigDecimal.valueOf(amount.yen()));
        assertTrue(dropped.signum() >= 0 && dropped.compareTo(BigDecimal.ONE) < 0, dropped::toPlainString);
        assertEquals(amount.yen() * 8 / 108, amount.tax());
    }

    @Test
    void thePlanKnowsTheBandOfEveryHourByMonthAndKindOfDay() {
        List<String> codes = new ArrayList<>(Collections.nCopies(576, "other"));
        codes.set(7 * 24 + 23, "night");
        codes.set(288 + 24 + 3, "day");
        TimeOfUse plan = new TimeOfUse(
                codes,
                plan(40, 80, 100).bands().stream().collect(Collectors.toMap(TimeOfUse.Band::code, band -> band)));
        assertEquals(
                "night", plan.band(LocalDateTime.of(2026, 8, 3, 23, 0), false).code());
        assertEquals(
                "other", plan.band(LocalDateTime.of(2026, 8, 3, 23, 0), true).code());
        assertEquals("day", plan.band(LocalDateTime.of(2026, 2, 1, 3, 0), true).code());
        assertEquals(
                List.of("night", "day", "other"),
                plan.bands().stream().map(TimeOfUse.Band::code).toList());
    }

    static TimeOfUse plan(int night, int day, int other) {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 576; i++) {
            codes.add(NIGHT_DAY_OTHER[i % 3]);
        }
        return new TimeOfUse(
                codes, Map.of("night", band("night", night), "day", band("day", day), "other", band("other", other)));
    }

    private static TimeOfUse.Band band(String code, int percent) {
        return new TimeOfUse.Band(code, BigDecimal.valueOf(percent), "band");
    }

    private static Billed use(long cubicMetres) {
        return new Billed(TWO_MONTHS, cubicMetres, 0, Relief.NONE);
    }

    private static Tariff fukuoka(int bore) {
        BigDecimal base = BigDecimal.valueOf(Map.of(13, 850, 20, 1330, 25, 3110).get(bore));
        long[] last = {10, 20, 30, 50, 100, Stretch.NO_END};
        int[] each = {17, 155, 243, 284, 335, 387};
        List<Tariff.Step> steps = new ArrayList<>();
        for (int i = 0; i < last.length; i++) {
            long from = i == 0 ? 1 : last[i - 1] + 1;
            steps.add(new Tariff.Step(from, last[i], BigDecimal.valueOf(each[i]), "s" + (i + 1)));
        }
        return new Tariff("water", base, "b", steps, BigDecimal.valueOf(8));
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
