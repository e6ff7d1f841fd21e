package city.hamana.capability.payments;

import city.hamana.capability.documents.Documents;
import city.hamana.capability.ledger.Ledger;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.people.People;
import city.hamana.capability.rules.Rules;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.metrics.Metrics;
import city.hamana.platform.module.PartyColumn;
import city.hamana.platform.module.ServiceModule;
import city.hamana.platform.text.Language;
import city.hamana.platform.text.Words;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** What residents owe the city, and how they pay it. */
public final class Payments implements ServiceModule {
    private static final Duration ASK_EVERY = Duration.ofSeconds(30);
    private static final Duration REMIND_EVERY = Duration.ofHours(6);
    private static final Duration FORGET_EVERY = Duration.ofDays(1);
    private static final Duration BOOK_EVERY = Duration.ofMinutes(1);

    private final Till till;
    private final Attempts attempts;
    private final Debits debits;
    private final BillPages bills;
    private final Mandates mandates;
    private final Credits credits;
    private final BankTerms terms;
    private final DebitPages debitPages;
    private final MandatePages mandatePages;
    private final Reminders reminders;
    private final Refunds refunds;
    private final RefundPages refundPages;
    private final RefundWishPages refundWishPages;
    private final CreditPages creditPages;
    private final WriteOffPages writeOffPages;
    private final CounterPages counterPages;
    private final BoardPages boardPages;
    private final HookPages hooks;

    /**
     * @param words of all modules; asked when something is written, for then all modules are there
     * @param site where people reach this program
     * @param clock the city's, on which days of the books and of payment run
     * @param real real time, on which the provider runs
     */
    public Payments(
            Database database,
            Events events,
            Html html,
            Metrics metrics,
            People people,
            Documents documents,
            Notices notices,
            Rules rules,
            Supplier<Words> words,
            Ledger ledger,
            PaymentSettings settings,
            URI site,
            Clock clock,
            InstantSource real) {
        till = new Till(database, events, ledger, clock);
        PaymentProvider provider = settings.provider()
                .<PaymentProvider>map(s -> new HttpPaymentProvider(s, real))
                .orElseGet(NoProvider::new);
        attempts = new Attempts(database, events, till.store(), till.taking(), provider, real);
        hooks = new HookPages(provider, attempts, metrics);
        debits = new Debits(database, events, notices, till, settings.collector(), clock);
        Desk desk = new Desk(till);
        UnaryOperator<String> offices = division -> office(people, division);
        Receipts receipts = new Receipts(documents);
        counterPages =
                new CounterPages(database, html, desk, till, new Counter(events, till, clock), receipts, offices);
        rules.table(Payments.class, BankTerms.TABLE);
        terms = new BankTerms(database, events, rules, clock);
        mandates = new Mandates(database, events, notices, till, clock);
        mandatePages = new MandatePages(database, html, desk, till, mandates, clock);
        rules.table(Payments.class, Slips.TABLE);
        Slips slips = new Slips(documents, people, rules, words, settings.collector(), clock);
        rules.table(Payments.class, Reminders.TABLE);
        reminders = new Reminders(database, events, notices, rules, till, clock);
        credits = new Credits(database, events, till, clock);
        creditPages = new CreditPages(database, html, desk, credits);
        rules.table(Payments.class, Lapses.TABLE);
        WriteOffs writeOffs = new WriteOffs(database, events, till, new Lapses(rules, till, clock), clock);
        writeOffPages = new WriteOffPages(database, html, desk, till, writeOffs);
        refunds = new Refunds(database, events, till, credits, provider, settings.collector(), clock);
        refundPages = new RefundPages(database, html, desk, refunds);
        refundWishPages = new RefundWishPages(database, html, credits, refunds);
        boardPages = new BoardPages(
                database,
                events,
                html,
                desk,
                new Matching(database, events, till, clock),
                refunds,
                reminders,
                new BoardStore(ledger),
                new SlipPrints(database, people, desk, till, slips, offices),
                clock);
        debitPages = new DebitPages(database, events, html, desk, debits, clock);
        bills = new BillPages(
                database,
                events,
                html,
                people,
                receipts,
                till,
                attempts,
                slips,
                debits,
                mandates,
                credits,
                refunds,
                offices,
                settings.provider().isPresent(),
                site,
                clock);
    }

    /** Name of a division as it stands on paper. */
    private static String office(People people, String division) {
        return people.departments().stream()
                .filter(department -> department.code().equals(division))
                .map(department -> department.name(Language.JA))
                .findFirst()
                .orElse("");
    }

    @Override
    public String name() {
        return "payments";
    }

    @Override
    public void routes(Routes routes) {
        refundWishPages.routes(routes);
        bills.routes(routes);
        debitPages.routes(routes);
        mandatePages.routes(routes);
        boardPages.routes(routes);
        refundPages.routes(routes);
        creditPages.routes(routes);
        writeOffPages.routes(routes);
        counterPages.routes(routes);
        routes.post("/api/payments/webhook", Role.ANY_PROGRAM, HttpPaymentProvider.LONGEST_HOOK, hooks::told);
    }

    @Override
    public List<Door> doors() {
        return List.of(
                new Door("/payments", "payments.door", Role.RESIDENT, Door.Group.SERVICES),
                new Door("/staff/payments", "payments.staff-door", Role.STAFF, Door.Group.WORK));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.schedule("payments-ask", ASK_EVERY, this::look);
        jobs.schedule("payments-book", BOOK_EVERY, debits::book);
        jobs.schedule("payments-refund", BOOK_EVERY, refunds::payByProvider);
        jobs.schedule("payments-forget", FORGET_EVERY, terms::forget);
        jobs.schedule("payments-remind", REMIND_EVERY, reminders::send);
    }

    /** Asks the provider about all payments of which it has said no last word: its web-hooks may never come. */
    public void look() {
        attempts.look();
    }

    /**
     * Names a service that takes money; once, before it raises a charge.
     *
     * @throws PaymentsException if the service is known already
     */
    public void creditor(Creditor creditor) {
        till.creditor(creditor);
    }

    /**
     * Raises a charge, in the caller's transaction; gives its number. What the account has to its credit goes onto it. A
     * key that was there before gives the number of the charge that it stands for. It leaves an event, {@code
     * payments.charged}; so it is called last in a transaction.
     *
     * @throws PaymentsException if no such service takes money
     */
    public long charge(Handle tx, Charge charge) {
        return charge(tx, List.of(charge)).getFirst();
    }

    /**
     * Raises many charges of one service, as a run of bills does, a slice of them in each transaction: they leave one event
     * together. Gives their numbers in the same order.
     */
    public List<Long> charge(Handle tx, List<Charge> charges) {
        return till.charge(tx, charges);
    }

    /**
     * Takes a charge back; what was paid of it goes to the account's credit, and from there onto the next charge: a
     * correction is this and a new charge. Doing it twice changes nothing.
     *
     * @param reason for the books, without personal data; at most 300 characters
     * @param actor as the event log names who decided it
     * @throws PaymentsException if there is no such charge
     */
    public void reverse(Handle tx, long charge, String reason, String actor) {
        till.reverse(tx, charge, reason, actor);
    }

    /**
     * Takes money that has come for a charge: as far as that is open it is paid, the rest waits to be refunded. The same
     * money told twice is taken once.
     */
    public Taken take(Handle tx, Money money, String actor) {
        return till.take(tx, money, actor);
    }

    /** A charge and what became of it, without a trace: what a person gets to see is traced by the page that shows it. */
    public Optional<ChargeState> state(Handle tx, long charge) {
        return till.state(tx, charge);
    }

    /** The charges of a customer of a service, the newest first, at most 500; without a trace. */
    public List<ChargeState> of(Handle tx, String service, String account) {
        return till.of(tx, service, account);
    }

    @Override
    public List<PartyColumn> partyColumns() {
        return List.of(
                new PartyColumn("payments_charge", "id", "party"),
                new PartyColumn("payments_debit", "id", "party"),
                new PartyColumn("payments_refund", "id", "party"));
    }

    /**
     * The books stay, as the law has it (地方自治法施行令: 会計帳簿 [K]); the name stays with what is still to be paid. Bank accounts are
     * debited no more; their numbers stay for the term of the city's rule where money went, and go at once where none did.
     */
    @Override
    public void erase(Handle tx, String party) {
        mandates.ofParty(tx, party).stream()
                .filter(DebitMandate::inUse)
                .forEach(mandate -> mandates.end(tx, mandate.id(), "", "system"));
        terms.erase(tx, party);
        tx.execute(
                "UPDATE payments_charge SET name = '' WHERE party = ? AND state <> ? AND state <> ?",
                party,
                State.OPEN.code(),
                State.PARTLY_PAID.code());
    }

    @Override
    public Map<String, Object> personalData(Handle tx, String party) {
        Map<String, Object> all = new LinkedHashMap<>();
        put(
                all,
                "charges",
                till.store().ofParties(tx, List.of(party), Till.MOST_LISTED).stream()
                        .map(Payments::facts)
                        .toList());
        put(all, "bank-accounts", terms.mandates(tx, party));
        put(all, "refunds", terms.refunds(tx, party));
        put(
                all,
                "credits",
                credits.of(tx, List.of(party)).stream()
                        .map(credit -> Map.<String, Object>of(
                                "service", credit.service(), "account", credit.account(), "yen", credit.yen()))
                        .toList());
        return all;
    }

    private static void put(Map<String, Object> all, String name, List<Map<String, Object>> facts) {
        if (!facts.isEmpty()) {
            all.put(name, facts);
        }
    }

    private static Map<String, Object> facts(ChargeState charge) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("number", charge.id());
        facts.put("service", charge.charge().service());
        facts.put("account", charge.charge().account());
        facts.put("name", charge.charge().name());
        facts.put("period", charge.charge().period());
        facts.put("yen", charge.yen());
        facts.put("paid", charge.paid());
        facts.put("due", charge.due().toString());
        facts.put("state", charge.state().code());
        return facts;
    }
}
