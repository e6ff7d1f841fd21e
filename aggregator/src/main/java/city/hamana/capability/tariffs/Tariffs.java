package city.hamana.capability.tariffs;

import city.hamana.capability.rules.Decision;
import city.hamana.capability.rules.Rules;
import city.hamana.capability.rules.Stretch;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The tariffs of a service, read from the city's rule tables. Of a kind {@code water} these are {@code water-base} (bore →
 * {@code month} yen, {@code tax-percent}), {@code water-volume} (bore, {@code m3} → {@code each} yen), {@code water-part}
 * ({@code days} → {@code base-percent}, {@code months}), {@code water-relief} (scheme → {@code base-off}, {@code
 * volume-off}, {@code excess-off} percent), and of a plan {@code water-bands} (day, month, hour → band) and {@code
 * water-band-price} (band → percent).
 */
public final class Tariffs {
    private static final List<String> DAYS = List.of("working", "off");

    private final Rules rules;

    public Tariffs(Rules rules) {
        this.rules = rules;
    }

    /** Ships the tables of a kind, which stand beside the class; to be called before the rules begin. */
    public void ship(Class<?> anchor, String kind) {
        rules.table(anchor, kind + "-base");
        rules.table(anchor, kind + "-volume");
        rules.table(anchor, kind + "-relief");
    }

    /** Ships the tables of how periods and hours are reckoned. */
    public void shipPlan(Class<?> anchor, String kind) {
        for (String table : List.of("-part", "-bands", "-band-price")) {
            rules.table(anchor, kind + table);
        }
    }

    /**
     * The tariff of a bore.
     *
     * @param bore of the meter, in millimetres
     */
    public Tariff tariff(Handle tx, String kind, LocalDate on, int bore) {
        Map<String, Object> facts = Map.of("bore", Integer.toString(bore));
        Decision base = rules.decide(tx, kind + "-base", on, facts);
        List<Tariff.Step> steps = new ArrayList<>();
        for (Stretch stretch : rules.stretches(tx, kind + "-volume", on, "m3", facts)) {
            Decision decision = stretch.decision();
            steps.add(new Tariff.Step(stretch.from(), stretch.to(), number(decision, "each"), decision.reference()));
        }
        return new Tariff(kind, number(base, "month"), base.reference(), steps, number(base, "tax-percent"));
    }

    /**
     * How much of a period counts.
     *
     * @param days from its first day to its last
     */
    public Part part(Handle tx, String kind, LocalDate on, long days) {
        Decision decision = rules.decide(tx, kind + "-part", on, Map.of("days", days));
        int months = number(decision, "months").intValueExact();
        return new Part(number(decision, "base-percent"), months, decision.reference());
    }

    /** What a scheme takes off. */
    public Relief relief(Handle tx, String kind, LocalDate on, String scheme) {
        if (scheme.equals(Relief.NONE.scheme())) {
            return Relief.NONE;
        }
        Decision decision = rules.decide(tx, kind + "-relief", on, Map.of("scheme", scheme));
        return new Relief(
                scheme,
                number(decision, "base-off"),
                number(decision, "volume-off"),
                number(decision, "excess-off"),
                decision.reference());
    }

    /** The time-of-use plan of a day. */
    public TimeOfUse plan(Handle tx, String kind, LocalDate on) {
        List<String> codes = new ArrayList<>();
        Map<String, TimeOfUse.Band> bands = new HashMap<>();
        for (String day : DAYS) {
            for (int month = 1; month <= TimeOfUse.MONTHS; month++) {
                Map<String, Object> facts = Map.of("day", day, "month", month);
                for (Stretch hours : rules.stretches(tx, kind + "-bands", on, "hour", facts)) {
                    String code = hours.decision().results().get("band");
                    bands.computeIfAbsent(code, band -> band(tx, kind, on, band));
                    for (long hour = hours.from(); hour <= hours.to(); hour++) {
                        codes.add(code);
                    }
                }
            }
        }
        return new TimeOfUse(codes, bands);
    }

    private TimeOfUse.Band band(Handle tx, String kind, LocalDate on, String code) {
        Decision decision = rules.decide(tx, kind + "-band-price", on, Map.of("band", code));
        return new TimeOfUse.Band(code, number(decision, "percent"), decision.reference());
    }

    private static BigDecimal number(Decision decision, String column) {
        return new BigDecimal(decision.results().get(column));
    }
}
