package city.hamana.capability.payments;

import city.hamana.capability.rules.Decision;
import city.hamana.capability.rules.Rules;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * When a claim may be written off, by the rule table of the city. A bill of several claims (water by private law, sewer by
 * public law) is judged part by part: all must allow it, the longest time counts.
 */
final class Lapses {
    /** The table of reasons, times and laws. */
    static final String TABLE = "payment-write-off";

    /** The reasons that the table knows, in the order of the form. */
    static final List<String> REASONS = List.of("time", "suspended", "discharged", "waived");

    private static final Set<String> CLAIMS =
            Set.of("water-revenue", "sewer-revenue", "certificate-revenue", "other-revenue");
    private static final String OTHER = "other-revenue";
    private static final String TAX = "consumption-tax";

    private final Rules rules;
    private final Till till;
    private final Clock clock;

    Lapses(Rules rules, Till till, Clock clock) {
        this.rules = rules;
        this.till = till;
        this.clock = clock;
    }

    /** @param charge with its payments */
    Lapse of(Handle tx, ChargeState charge, String reason) {
        LocalDate today = LocalDate.now(clock);
        List<Decision> decisions = claims(charge)
                .map(claim -> rules.decide(
                        tx,
                        TABLE,
                        today,
                        Map.of(
                                "claim", claim,
                                "reason", reason,
                                "issued", charge.charge().issued())))
                .toList();
        boolean allowed =
                decisions.stream().allMatch(d -> d.results().get("allowed").equals("yes"));
        long years = decisions.stream()
                .mapToLong(d -> Long.parseLong(d.results().get("years")))
                .max()
                .orElse(0);
        LocalDate from = from(charge, till.store().remindedOn(tx, charge.id()), clock.getZone());
        return new Lapse(
                allowed,
                from,
                years == 0 ? charge.charge().issued() : from.plusYears(years).plusDays(1),
                said(decisions.stream().map(d -> d.results().get("law"))),
                said(decisions.stream().map(Decision::reference)));
    }

    /** Tax follows what is taxed. */
    private static Stream<String> claims(ChargeState charge) {
        List<String> claims = charge.charge().items().stream()
                .filter(item -> item.yen() != 0 && !item.account().equals(TAX))
                .map(item -> CLAIMS.contains(item.account()) ? item.account() : OTHER)
                .distinct()
                .toList();
        return claims.isEmpty() ? Stream.of(OTHER) : claims.stream();
    }

    /** The day due; the first reminder (地方自治法236条4項) and a payment in part (民法152条) let the time run anew. */
    private static LocalDate from(ChargeState charge, LocalDate reminded, ZoneId zone) {
        return Stream.concat(
                        Stream.of(charge.due(), reminded),
                        charge.payments().stream()
                                .filter(payment -> payment.yen() > 0)
                                .map(payment -> payment.at().atZone(zone).toLocalDate()))
                .max(LocalDate::compareTo)
                .orElseThrow();
    }

    private static String said(Stream<String> texts) {
        return texts.distinct().collect(Collectors.joining("、"));
    }
}
