package city.hamana.capability.tariffs;

import city.hamana.capability.rules.Stretch;
import java.math.BigDecimal;
import java.util.List;

/**
 * One tariff for one bore, as it holds on one day.
 *
 * @param kind what it is for, as its tables are called: {@code water}, {@code sewer}
 * @param basePerMonth yen, before tax
 * @param baseRule reference of the row that says so
 * @param steps of a month, the first from 1 m³, adjoining, the last without an end
 * @param taxPercent of consumption tax, on everything
 */
public record Tariff(String kind, BigDecimal basePerMonth, String baseRule, List<Step> steps, BigDecimal taxPercent) {
    /**
     * The price of some cubic metres of a month.
     *
     * @param from the first of them, 1 or more
     * @param to the last of them; {@link Stretch#NO_END} for the last step
     * @param each yen for each, before tax
     * @param rule reference of the row that says so
     */
    public record Step(long from, long to, BigDecimal each, String rule) {
        boolean open() {
            return to >= Stretch.NO_END;
        }
    }

    public Tariff {
        steps = List.copyOf(steps);
    }

    /** What the water costs by its amount alone. */
    public Amount ordinary(Billed billed) {
        return Calculation.ordinary(this, billed);
    }

    /** What the same water costs by the hours in which it ran. */
    public Amount byBand(Billed billed, TimeOfUse plan, Billed.ByBand use) {
        return Calculation.byBand(this, billed, plan, use);
    }
}
