package city.hamana.sensing.household;

import city.hamana.capability.rules.Rules;
import city.hamana.sensing.vee.MeterFacts;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The thresholds of one class of meters, from the rule table {@code household-leak}; amounts in millilitres. */
record Thresholds(
        long least,
        int continuousHours,
        int continuousMostHours,
        long night,
        int nightFactor,
        int nights,
        long burst,
        int burstHours,
        long reverse) {
    static final String TABLE = "household-leak";
    private static final long LITRE = 1_000;

    /** Asks the table once for each class. */
    static final class Asked {
        private final Handle tx;
        private final Rules rules;
        private final LocalDate on;
        private final Map<String, Thresholds> known = new HashMap<>();

        Asked(Handle tx, Rules rules, LocalDate on) {
            this.tx = tx;
            this.rules = rules;
            this.on = on;
        }

        Thresholds of(MeterFacts facts) {
            return known.computeIfAbsent(facts.boreMm() + "/" + facts.customer().code(), key -> decided(facts));
        }

        private Thresholds decided(MeterFacts facts) {
            Map<String, String> said = rules.decide(
                            tx,
                            TABLE,
                            on,
                            Map.of(
                                    "bore-mm",
                                    facts.boreMm(),
                                    "customer",
                                    facts.customer().code()))
                    .results();
            return new Thresholds(
                    number(said, "least-l") * LITRE,
                    number(said, "continuous-hours"),
                    number(said, "continuous-most-hours"),
                    number(said, "night-l") * LITRE,
                    number(said, "night-factor"),
                    number(said, "nights"),
                    number(said, "burst-l") * LITRE,
                    number(said, "burst-hours"),
                    number(said, "reverse-l") * LITRE);
        }

        private static int number(Map<String, String> said, String key) {
            return Integer.parseInt(said.get(key));
        }
    }
}
