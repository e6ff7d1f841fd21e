package city.hamana.sensing.vee;

import city.hamana.capability.rules.Decision;
import city.hamana.capability.rules.Rules;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The thresholds of one class of meters, from the rule tables {@code vee-bore}, {@code vee-filling} and {@code
 * vee-limits}.
 *
 * @param most what the meter can pass in an hour (Q4), millilitres
 * @param start least flow at which it turns, millilitres an hour
 */
record Limits(long most, long start, Map<String, Long> numbers) {
    private static final long LITRE = 1_000;

    Limits {
        numbers = Map.copyOf(numbers);
    }

    /** A plain number of the table. */
    int number(String key) {
        return Math.toIntExact(numbers.get(key));
    }

    /** A column of litres, in millilitres. */
    long litres(String key) {
        return numbers.get(key) * LITRE;
    }

    /** Asks the tables once for each class. */
    static final class Asked {
        private final Handle tx;
        private final Rules rules;
        private final LocalDate on;
        private final Map<String, Limits> known = new HashMap<>();

        Asked(Handle tx, Rules rules, LocalDate on) {
            this.tx = tx;
            this.rules = rules;
            this.on = on;
        }

        Limits of(MeterFacts facts) {
            return known.computeIfAbsent(facts.boreMm() + "/" + facts.customer().code(), key -> decided(facts));
        }

        private Limits decided(MeterFacts facts) {
            Map<String, Object> asked = Map.of(
                    "bore-mm", facts.boreMm(), "customer", facts.customer().code());
            Decision bore = rules.decide(tx, "vee-bore", on, asked);
            Map<String, Long> numbers = new HashMap<>();
            for (String table : List.of("vee-filling", "vee-limits")) {
                rules.decide(tx, table, on, asked)
                        .results()
                        .forEach((key, value) -> numbers.put(key, Long.valueOf(value)));
            }
            return new Limits(litres(bore, "q4-l-per-h"), litres(bore, "start-l-per-h"), numbers);
        }

        private static long litres(Decision decision, String key) {
            return Long.parseLong(decision.results().get(key)) * LITRE;
        }
    }
}
