package city.hamana.capability.payments;

import city.hamana.capability.rules.Decision;
import city.hamana.capability.rules.Rules;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How long numbers of bank accounts are kept. What was debited or paid back stays provable for the term of the city's rule;
 * when that is over, and at once for an account that never was debited and whose owner asks, the number and the holder go.
 */
final class BankTerms {
    /** The table of terms. */
    static final String TABLE = "payment-bank-term";

    private static final String MANDATE = "mandate";
    private static final String REFUND = "refund";
    private static final String FILE = "file";
    private static final int MOST = 500;

    private final Database database;
    private final Events events;
    private final Rules rules;
    private final MandateStore mandates;
    private final RefundStore refunds;
    private final Clock clock;

    BankTerms(Database database, Events events, Rules rules, Clock clock) {
        this.database = database;
        this.events = events;
        this.rules = rules;
        this.mandates = new MandateStore(database.dialect());
        this.refunds = new RefundStore(database.dialect());
        this.clock = clock;
    }

    /** Takes out every number whose term is over. */
    void forget() {
        database.inTransaction(tx -> {
            Map<String, Object> gone = new LinkedHashMap<>();
            gone.put("mandates", mandates.forget(tx, limit(tx, MANDATE)));
            gone.put("refunds", refunds.forget(tx, limit(tx, REFUND)));
            gone.put("files", forgetFiles(tx, limit(tx, FILE)));
            if (gone.values().stream().anyMatch(count -> !count.equals(0))) {
                events.append(tx, new Event(clock.instant(), "payments.bank-forgotten", "system", "payments", gone));
            }
            return gone;
        });
    }

    private static int forgetFiles(Handle tx, Instant before) {
        tx.execute("""
                UPDATE payments_run_line SET debited = '' WHERE debited <> '' AND EXISTS (SELECT 1 FROM payments_run r
                    WHERE r.id = payments_run_line.run AND r.state = 'done' AND r.at_ms < ?)
                """, before.toEpochMilli());
        return tx.createUpdate("""
                UPDATE payments_run SET forgotten = TRUE, content = :nothing
                WHERE state = 'done' AND forgotten = FALSE AND at_ms < :before
                """)
                .bind("nothing", new byte[0])
                .bind("before", before.toEpochMilli())
                .execute();
    }

    /** What came to its end before this is over. */
    private Instant limit(Handle tx, String kind) {
        LocalDate today = LocalDate.now(clock);
        return today.minusYears(years(term(tx, kind)))
                .atStartOfDay(clock.getZone())
                .toInstant();
    }

    private Decision term(Handle tx, String kind) {
        return rules.decide(tx, TABLE, LocalDate.now(clock), Map.of("kind", kind));
    }

    private static long years(Decision term) {
        return Long.parseLong(term.results().get("years"));
    }

    /** Takes out of a party's mandates those that have ended and never were in a file; the others wait for their term. */
    void erase(Handle tx, String party) {
        mandates.forgetUnused(tx, party);
    }

    /** The accounts from which a party's bills were or are debited, whole, and how long and why each is kept. */
    List<Map<String, Object>> mandates(Handle tx, String party) {
        Decision term = term(tx, MANDATE);
        return mandates.ofParty(tx, party, MOST).stream()
                .map(mandate -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("service", mandate.service());
                    facts.put("account", mandate.account());
                    put(facts, mandate.bank());
                    facts.put("state", mandate.state().code());
                    facts.put("from", mandate.from().toString());
                    facts.put("since", mandate.since().toString());
                    kept(facts, term, mandate.ended().or(mandate::decided).filter(at -> !mandate.inUse()));
                    return facts;
                })
                .toList();
    }

    /** What a party was given back, or is to be, the account whole, and how long and why that is kept. */
    List<Map<String, Object>> refunds(Handle tx, String party) {
        Decision term = term(tx, REFUND);
        return refunds.ofParty(tx, party, MOST).stream()
                .map(refund -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("yen", refund.yen());
                    facts.put("state", refund.state().code());
                    facts.put("way", refund.way());
                    refund.bank().ifPresent(bank -> {
                        put(facts, bank);
                        kept(facts, term, refunds.paidAt(tx, refund.id()));
                    });
                    return facts;
                })
                .toList();
    }

    private static void put(Map<String, Object> facts, BankAccount bank) {
        facts.put("bank", bank.bank());
        facts.put("branch", bank.branch());
        facts.put("kind", bank.kind());
        facts.put("number", bank.account());
        facts.put("holder", bank.holder());
    }

    /** @param over when it came to its end; empty while it is in use */
    private void kept(Map<String, Object> facts, Decision term, Optional<Instant> over) {
        facts.put(
                "kept-until",
                over.map(at -> at.atZone(clock.getZone())
                                .toLocalDate()
                                .plusYears(years(term))
                                .toString())
                        .orElse("in use"));
        facts.put("kept-for", term.citation());
    }
}
