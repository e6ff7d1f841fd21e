package city.hamana.capability.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.ledger.Ledger;
import city.hamana.capability.rules.Rules;
import city.hamana.platform.db.Database;
import city.hamana.platform.db.Schema;
import city.hamana.platform.events.Entry;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long numbers of bank accounts are kept. */
class BankTermsTest {
    private static final Instant NOW = Instant.parse("2026-11-16T00:00:00Z");
    private static final BankAccount BANK = new BankAccount("0149", "123", "1", "7654321", "ﾊｶﾏﾀ ﾊﾅｺ");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Database database;
    private Events events;
    private Rules rules;
    private MandateStore mandates;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:derby:memory:terms" + NUMBER.incrementAndGet() + ";create=true");
        events = new Events(database);
        rules = new Rules(database, events, new Html(), at(0));
        rules.table(Payments.class, BankTerms.TABLE);
        database.migrate(Events.SCHEMA);
        database.migrate(rules.schema());
        database.migrate(new Ledger(at(0)).schema());
        database.migrate(new Schema("payments", Payments.class));
        mandates = new MandateStore(database.dialect());
        database.inTransaction(tx -> {
            rules.begin(tx);
            return 0;
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Clock at(int years) {
        ZoneId city = ZoneId.of("Asia/Tokyo");
        return Clock.fixed(NOW.atZone(city).plusYears(years).plusDays(years).toInstant(), city);
    }

    private BankTerms terms(int years) {
        return new BankTerms(database, events, rules, at(years));
    }

    private long mandate(boolean debited) {
        LocalDate from = LocalDate.of(2026, 11, 1);
        return database.inTransaction(tx -> {
            MandateStore.Entered entered = new MandateStore.Entered("water", "w-1", "7", BANK, true, from);
            long id = mandates.add(tx, entered, "person:1", NOW);
            mandates.decide(tx, id, MandateState.ACTIVE, "", "person:1", NOW);
            tx.execute("UPDATE payments_debit SET is_new = ? WHERE id = ?", !debited, id);
            return id;
        });
    }

    private void end(long id) {
        database.inTransaction(tx -> {
            mandates.end(tx, id, "moved", NOW);
            return id;
        });
    }

    private String holder(long id) {
        return database.inTransaction(tx -> mandates.one(tx, id))
                .orElseThrow()
                .bank()
                .holder();
    }

    private Map<String, Object> taken() {
        return database.inTransaction(tx -> terms(0).mandates(tx, "7")).getFirst();
    }

    @Test
    void whatWasDebitedIsKeptForItsTermAndThenForgottenOnce() {
        long id = mandate(true);
        terms(9).forget();
        assertEquals(BANK.holder(), holder(id), "an account in use is not forgotten");
        end(id);
        terms(4).forget();
        assertEquals(BANK.holder(), holder(id));
        terms(5).forget();
        terms(6).forget();
        assertEquals("", holder(id));
        List<Entry> told = database.inTransaction(tx -> events.about(tx, "payments", 10));
        assertEquals(
                List.of("payments.bank-forgotten"),
                told.stream().map(Entry::kind).toList());
    }

    @Test
    void whoAsksGetsTheWholeNumberAndUntilWhenAndWhyItIsKept() {
        long id = mandate(true);
        assertEquals("7654321", taken().get("number"));
        assertEquals("in use", taken().get("kept-until"));
        end(id);
        assertEquals("2031-11-16", taken().get("kept-until"));
        assertTrue(taken().get("kept-for").toString().contains("財務規則"), taken().toString());
        assertTrue(database.inTransaction(tx -> terms(0).mandates(tx, "8")).isEmpty());
    }

    @Test
    void erasedIsAtOnceWhatNeverWasDebitedAndTheRestWhenItsTermIsOver() {
        long debited = mandate(true);
        long never = mandate(false);
        end(debited);
        end(never);
        database.inTransaction(tx -> {
            terms(0).erase(tx, "7");
            return 0;
        });
        assertEquals(BANK.holder(), holder(debited));
        assertEquals("", holder(never));
    }

    @Test
    void refundsAndFilesLoseTheirNumbersWithTheirTerm() {
        long run = database.inTransaction(tx -> {
            tx.execute("""
                    INSERT INTO payments_refund (once, charge, payment, service, account, party, yen, state, reason,
                        at_ms, way, asked_by, approved_by, bank, reference, paid_ms)
                    VALUES ('r', 0, 0, 'water', 'w-1', '7', 500, 'paid', 'credit', ?, 'transfer', '', '', ?, '', ?)
                    """, NOW.toEpochMilli(), RefundStore.bank(BANK), NOW.toEpochMilli());
            DebitStore debits = new DebitStore(database.dialect());
            long id = debits.addRun(tx, "water", LocalDate.of(2026, 11, 30), List.of(), new byte[120], "person:1", NOW);
            debits.done(tx, id);
            return id;
        });
        assertEquals(
                "7654321",
                database.inTransaction(tx -> terms(0).refunds(tx, "7"))
                        .getFirst()
                        .get("number"));
        terms(5).forget();
        assertEquals(
                null,
                database.inTransaction(tx -> terms(0).refunds(tx, "7"))
                        .getFirst()
                        .get("number"));
        byte[] content = database.inTransaction(tx -> new DebitStore(database.dialect()).content(tx, run))
                .orElseThrow();
        assertEquals(0, content.length);
    }
}
