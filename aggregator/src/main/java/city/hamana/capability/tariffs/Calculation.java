package city.hamana.capability.tariffs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** From a use to an amount. Exact in decimals; nothing is rounded before the end. */
final class Calculation {
    /** Where no hour is known, all is as on an ordinary bill. */
    private static final TimeOfUse.Band UNKNOWN = new TimeOfUse.Band("unknown", BigDecimal.valueOf(100), "");

    private static final int DECIMALS = 12;

    private Calculation() {}

    /** Base charge, the steps, and what is taken off. */
    static Amount ordinary(Tariff tariff, Billed billed) {
        List<Line> lines = new ArrayList<>();
        lines.add(base(tariff, billed.part()));
        lines.addAll(excess(billed));
        lines.addAll(steps(tariff, billed.part(), charged(billed)));
        lines.addAll(off(lines, billed.relief()));
        return Amount.of(lines, tariff.taxPercent());
    }

    /**
     * The same water by the bands of its hours. The steps stay as they are; what they come to is shared out over the bands by
     * the water that ran in each, and each band takes its percent of its share. Water of an unknown hour costs what it
     * costs ordinarily.
     */
    static Amount byBand(Tariff tariff, Billed billed, TimeOfUse plan, Billed.ByBand use) {
        Amount ordinary = ordinary(tariff, billed);
        List<Line> lines = new ArrayList<>();
        lines.add(base(tariff, billed.part()));
        lines.addAll(excess(billed));
        lines.addAll(bands(plan, use, charged(billed), Line.sum(Line.Kind.STEP, ordinary.lines())));
        lines.addAll(off(lines, billed.relief()));
        return Amount.of(lines, tariff.taxPercent());
    }

    /** Each band's yen is what the bands come to with it less without it, so that no fraction is lost between them. */
    private static List<Line> bands(TimeOfUse plan, Billed.ByBand use, long cubicMetres, BigDecimal volumetric) {
        List<Line> lines = new ArrayList<>();
        BigDecimal all = BigDecimal.valueOf(Math.max(1, use.all()));
        BigDecimal weight = BigDecimal.ZERO;
        BigDecimal before = BigDecimal.ZERO;
        for (TimeOfUse.Band band : withUnknown(plan, use)) {
            BigDecimal millilitres = BigDecimal.valueOf(millilitres(band, use));
            weight = weight.add(percent(millilitres, band.percent()));
            BigDecimal after = volumetric.multiply(weight).divide(all, DECIMALS, RoundingMode.HALF_EVEN);
            BigDecimal water =
                    BigDecimal.valueOf(cubicMetres).multiply(millilitres).divide(all, DECIMALS, RoundingMode.HALF_EVEN);
            lines.add(
                    new Line(Line.Kind.BAND, band.code(), water, band.percent(), after.subtract(before), band.rule()));
            before = after;
        }
        return lines;
    }

    private static List<TimeOfUse.Band> withUnknown(TimeOfUse plan, Billed.ByBand use) {
        List<TimeOfUse.Band> bands = new ArrayList<>(plan.bands());
        if (use.unknown() > 0 || use.all() == 0) {
            bands.add(UNKNOWN);
        }
        return bands;
    }

    private static long millilitres(TimeOfUse.Band band, Billed.ByBand use) {
        if (band.code().equals(UNKNOWN.code())) {
            return use.all() == 0 ? 1 : use.unknown();
        }
        return use.millilitres().getOrDefault(band.code(), 0L);
    }

    private static Line base(Tariff tariff, Part part) {
        return new Line(
                Line.Kind.BASE,
                "",
                BigDecimal.ZERO,
                part.basePercent(),
                percent(tariff.basePerMonth(), part.basePercent()),
                tariff.baseRule() + " " + part.rule());
    }

    private static List<Line> excess(Billed billed) {
        long left = billed.cubicMetres() - charged(billed);
        Relief relief = billed.relief();
        return left == 0
                ? List.of()
                : List.of(new Line(
                        Line.Kind.EXCESS_OFF,
                        relief.scheme(),
                        BigDecimal.valueOf(left),
                        relief.excessOff(),
                        BigDecimal.ZERO,
                        relief.rule()));
    }

    /** What is left after the relief; whole cubic metres, in favour of who pays. */
    private static long charged(Billed billed) {
        long over = Math.max(0, billed.cubicMetres() - billed.usualCubicMetres());
        BigDecimal left = percent(BigDecimal.valueOf(over), billed.relief().excessOff());
        return billed.cubicMetres() - left.setScale(0, RoundingMode.CEILING).longValueExact();
    }

    private static List<Line> steps(Tariff tariff, Part part, long cubicMetres) {
        List<Line> lines = new ArrayList<>();
        for (Tariff.Step step : tariff.steps()) {
            long before = (step.from() - 1) * part.months();
            long last = step.open() ? cubicMetres : step.to() * part.months();
            long inside = Math.min(cubicMetres, last) - before;
            if (inside > 0) {
                BigDecimal amount = BigDecimal.valueOf(inside);
                String code = (before + 1) + "-" + (step.open() ? "" : Long.toString(last));
                lines.add(
                        new Line(Line.Kind.STEP, code, amount, step.each(), amount.multiply(step.each()), step.rule()));
            }
        }
        return lines;
    }

    private static List<Line> off(List<Line> lines, Relief relief) {
        List<Line> off = new ArrayList<>();
        BigDecimal base = Line.sum(Line.Kind.BASE, lines);
        BigDecimal volume = Line.sum(Line.Kind.STEP, lines).add(Line.sum(Line.Kind.BAND, lines));
        if (relief.baseOff().signum() > 0) {
            off.add(taken(Line.Kind.BASE_OFF, relief, relief.baseOff(), base));
        }
        if (relief.volumeOff().signum() > 0) {
            off.add(taken(Line.Kind.VOLUME_OFF, relief, relief.volumeOff(), volume));
        }
        return off;
    }

    private static Line taken(Line.Kind kind, Relief relief, BigDecimal percent, BigDecimal of) {
        return new Line(
                kind,
                relief.scheme(),
                BigDecimal.ZERO,
                percent,
                percent(of, percent).negate(),
                relief.rule());
    }

    private static BigDecimal percent(BigDecimal of, BigDecimal percent) {
        return of.multiply(percent).movePointLeft(2);
    }
}
