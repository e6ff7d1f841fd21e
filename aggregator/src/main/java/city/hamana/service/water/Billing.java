package city.hamana.service.water;

import city.hamana.capability.cases.Cases;
import city.hamana.capability.notices.Notice;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.notices.Recipient;
import city.hamana.capability.notices.Urgency;
import city.hamana.capability.payments.Charge;
import city.hamana.capability.payments.Item;
import city.hamana.capability.payments.Payments;
import city.hamana.capability.payments.Title;
import city.hamana.capability.people.People;
import city.hamana.capability.rules.Rules;
import city.hamana.capability.tariffs.Amount;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.jobs.Task;
import city.hamana.sensing.vee.Use;
import city.hamana.sensing.vee.Vee;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Issues bills: a whole cycle at a time, one that was held back, one that was wrong. */
final class Billing {
    static final String SERVICE = "water";
    static final String TASK = "water.bills";
    static final int SLICE = 200;

    private static final int MOST_HELD = 500;

    private final Database database;
    private final Events events;
    private final Clock clock;
    private final InstantSource real;
    private final People people;
    private final Rules rules;
    private final Cases cases;
    private final Payments payments;
    private final Notices notices;
    private final Vee vee;
    private final Accounts accounts;
    private final Contracts contracts;
    private final Bills bills = new Bills();
    private final Runs runs;

    Billing(
            Database database,
            Events events,
            Clock clock,
            InstantSource real,
            People people,
            Rules rules,
            Cases cases,
            Payments payments,
            Notices notices,
            Vee vee,
            Accounts accounts,
            Contracts contracts) {
        this.database = database;
        this.events = events;
        this.clock = clock;
        this.real = real;
        this.people = people;
        this.rules = rules;
        this.cases = cases;
        this.payments = payments;
        this.notices = notices;
        this.vee = vee;
        this.accounts = accounts;
        this.contracts = contracts;
        this.runs = new Runs(database.dialect());
    }

    Bills bills() {
        return bills;
    }

    Runs runs() {
        return runs;
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }

    /**
     * Begins to bill everybody whose period ends with the day before {@code closing}. Empty if that was begun before.
     *
     * @param jobs that go on with it, slice by slice, however often the program ends in between
     */
    Optional<Run> begin(Handle tx, Jobs jobs, LocalDate closing, String actor) {
        Optional<Run> begun = begun(tx, closing, actor);
        begun.ifPresent(run -> jobs.add(tx, TASK, Long.toString(run.id()), real.instant()));
        return begun;
    }

    private Optional<Run> begun(Handle tx, LocalDate closing, String actor) {
        long due = contracts.dueCount(tx, Run.oddMonths(closing), closing);
        Optional<Run> begun = runs.begin(tx, closing, due, real.instant(), actor);
        begun.ifPresent(run -> {
            Map<String, Object> detail = Map.of("contracts", due);
            events.append(tx, new Event(real.instant(), "water.bills-begun", actor, "closing:" + closing, detail));
        });
        return begun;
    }

    /** Begins a run and goes through with it. */
    Optional<Run> through(LocalDate closing, String actor) {
        return database.inTransaction(tx -> begun(tx, closing, actor)).map(run -> through(run.id()));
    }

    /** Goes on with a run until it is through. */
    void work(Task task) {
        through(Long.parseLong(task.payload()));
    }

    private Run through(long id) {
        Run run = database.inTransaction(tx -> slice(tx, id));
        while (run.running()) {
            run = database.inTransaction(tx -> slice(tx, id));
        }
        return run;
    }

    /** The next 200 contracts of a run, in one transaction. */
    private Run slice(Handle tx, long id) {
        Run run = runs.locked(tx, id);
        if (!run.running()) {
            return run;
        }
        List<Contract> next = contracts.due(tx, Run.oddMonths(run.closing()), run.closing(), run.doneTo(), SLICE);
        Pricing pricing = new Pricing(tx);
        Standing standing = standing(tx, next);
        List<Ready> ready = new ArrayList<>();
        long held = 0;
        for (Contract contract : next) {
            switch (reckoned(tx, pricing, standing, contract, run.closing())) {
                case Attempt.Ready(var bill) -> ready.add(new Ready(contract, bill));
                case Attempt.Held(var why) -> {
                    runs.hold(tx, contract.number(), run.id(), why);
                    held++;
                }
                case Attempt.Nothing nothing -> {}
            }
        }
        boolean through = next.size() < SLICE;
        Run went = new Run(
                run.id(),
                run.closing(),
                run.contracts(),
                run.billed() + ready.size(),
                run.held() + held,
                next.isEmpty() ? run.doneTo() : next.getLast().number(),
                run.begun(),
                run.begunBy(),
                through ? Optional.of(real.instant()) : Optional.empty());
        runs.went(tx, went);
        ready.forEach(one -> runs.release(tx, one.contract.number()));
        issue(tx, ready, run.begunBy());
        return went;
    }

    /** A contract and the bill it gets. */
    private record Ready(Contract contract, Bill bill) {}

    private sealed interface Attempt {
        record Ready(Bill bill) implements Attempt {}

        record Held(Reckoned.Held why) implements Attempt {}

        /** Nothing is due: it was billed to that day, or supply ended before. */
        record Nothing() implements Attempt {}
    }

    private Attempt reckoned(Handle tx, Pricing pricing, Standing standing, Contract contract, LocalDate closing) {
        return next(tx, standing, contract, closing)
                .map(begin -> {
                    List<Use> uses = uses(begin.account, begin.period);
                    Reckoned came = pricing.on(begin.period.last())
                            .reckon(
                                    contract,
                                    begin.plan,
                                    begin.period,
                                    usual(tx, contract, begin.period),
                                    begin.millilitres,
                                    uses);
                    return switch (came) {
                        case Reckoned.Whole whole -> new Attempt.Ready(bill(tx, pricing, contract, begin, whole, 0));
                        case Reckoned.Held held -> (Attempt) new Attempt.Held(held);
                    };
                })
                .orElseGet(Attempt.Nothing::new);
    }

    /** Where a bill begins: its period, the register then, its plan, and where the water came out. */
    private record Begin(Period period, long millilitres, Plan plan, Account account) {}

    /** What is asked for many contracts at once: where their last bills ended, and their plans by first day. */
    private record Standing(Map<String, Bills.End> ends, Map<String, NavigableMap<LocalDate, Plan>> plans) {
        Plan plan(String contract, LocalDate day) {
            return Plan.on(plans.getOrDefault(contract, new TreeMap<>()), day);
        }
    }

    private Standing standing(Handle tx, List<Contract> of) {
        List<String> numbers = of.stream().map(Contract::number).toList();
        return new Standing(bills.ends(tx, numbers), contracts.plans(tx, numbers));
    }

    private Optional<Begin> next(Handle tx, Standing standing, Contract contract, LocalDate closing) {
        Bills.End last = standing.ends.getOrDefault(
                contract.number(), new Bills.End(contract.from(), contract.startMillilitres()));
        LocalDate until = contract.end(closing);
        if (!last.until().isBefore(until)) {
            return Optional.empty();
        }
        return Optional.of(new Begin(
                new Period(last.until(), until),
                last.millilitres(),
                standing.plan(contract.number(), last.until()),
                accounts.numbered(tx, contract.account())));
    }

    private long usual(Handle tx, Contract contract, Period period) {
        return contract.scheme().equals("none") ? 0 : bills.usual(tx, contract.number(), period);
    }

    /** The validated hours of a period, whichever meter was in. */
    List<Use> uses(Handle tx, Contract contract, Period period) {
        return uses(accounts.numbered(tx, contract.account()), period);
    }

    private List<Use> uses(Account account, Period period) {
        Instant from = period.from().atStartOfDay(clock.getZone()).toInstant();
        return vee.hours(account.stretches(), from, period.hours(clock.getZone()));
    }

    private Bill bill(
            Handle tx, Pricing pricing, Contract contract, Begin begin, Reckoned.Whole whole, int correction) {
        LocalDate today = today();
        boolean last = contract.until().filter(begin.period.until()::equals).isPresent();
        return new Bill(
                0,
                contract.number(),
                begin.period,
                correction,
                begin.millilitres,
                whole.untilMillilitres(),
                whole.cubicMetres(),
                begin.plan,
                whole.sheet(),
                today,
                today.plusDays(pricing.daysToPay(last)),
                holder(tx, begin.account),
                0,
                "");
    }

    private String holder(Handle tx, Account account) {
        return account.installations().reversed().stream()
                .flatMap(in -> people.holder(tx, in.meter()).stream())
                .findFirst()
                .orElse("");
    }

    /** Raises the charges, keeps the bills, tells those who get theirs without paper. */
    private void issue(Handle tx, List<Ready> ready, String actor) {
        if (ready.isEmpty()) {
            return;
        }
        List<Charge> charges =
                ready.stream().map(one -> charge(one.contract, one.bill)).toList();
        List<Long> numbers = payments.charge(tx, charges);
        List<Bill> charged = new ArrayList<>();
        for (int i = 0; i < ready.size(); i++) {
            Bill bill = ready.get(i).bill.withCharge(numbers.get(i));
            charged.add(bill);
            tell(tx, ready.get(i).contract, bill);
        }
        bills.add(tx, charged);
        Map<String, Object> detail = Map.of(
                "bills",
                charged.size(),
                "first",
                charged.getFirst().contract(),
                "last",
                charged.getLast().contract());
        events.append(
                tx,
                new Event(
                        real.instant(),
                        "water.billed",
                        actor,
                        "closing:" + charged.getFirst().period().until(),
                        detail));
    }

    private void tell(Handle tx, Contract contract, Bill bill) {
        if (contract.electronic() && !bill.party().isEmpty()) {
            List<String> values = List.of(
                    bill.period().from().toString(),
                    bill.period().last().toString(),
                    Long.toString(bill.yen()),
                    bill.due().toString());
            notices.send(
                    tx,
                    new Notice(
                            new Recipient.Of(bill.party()),
                            "water.notice.bill",
                            values,
                            bill.address(),
                            Urgency.ORDINARY,
                            once(bill)));
        }
    }

    private Charge charge(Contract contract, Bill bill) {
        Amount water = bill.sheet().water();
        List<Item> items = new ArrayList<>();
        items.add(new Item("water-revenue", "water.item.water", water.yen() - water.tax()));
        bill.sheet()
                .sewer()
                .ifPresent(
                        sewer -> items.add(new Item("sewer-revenue", "water.item.sewer", sewer.yen() - sewer.tax())));
        long tax = water.tax() + bill.sheet().sewer().map(Amount::tax).orElse(0L);
        items.add(new Item("consumption-tax", "water.item.tax", tax));
        return new Charge(
                SERVICE,
                contract.number(),
                bill.party(),
                contract.name(),
                new Title("water.charge", List.of()),
                bill.period().from() + "/" + bill.period().last(),
                items,
                bill.issued(),
                bill.due(),
                bill.address(),
                once(bill));
    }

    private static String once(Bill bill) {
        return "water:" + bill.contract() + ":" + bill.period().from() + ":" + bill.correction();
    }

    /** Tries what is held back again by what is known now, the first 500; how many could be billed. */
    int retry(String actor) {
        int billed = 0;
        for (HeldBill held : database.inTransaction(tx -> runs.held(tx, MOST_HELD))) {
            billed += database.holds(tx -> retried(tx, held, actor)) ? 1 : 0;
        }
        return billed;
    }

    private boolean retried(Handle tx, HeldBill held, String actor) {
        Contract contract = contracts.numbered(tx, held.contract()).orElseThrow();
        Standing standing = standing(tx, List.of(contract));
        return switch (reckoned(tx, new Pricing(tx), standing, contract, held.closing())) {
            case Attempt.Ready(var bill) -> {
                runs.release(tx, contract.number());
                issue(tx, List.of(new Ready(contract, bill)), actor);
                yield true;
            }
            case Attempt.Held(var why) -> {
                runs.of(tx, held.closing()).ifPresent(run -> runs.hold(tx, contract.number(), run.id(), why));
                yield false;
            }
            case Attempt.Nothing nothing -> {
                runs.release(tx, contract.number());
                yield false;
            }
        };
    }

    /**
     * Bills what was held back, with the cubic metres that staff have determined (認定水量); empty when nothing is due.
     *
     * @param cubicMetres whole ones of the period
     */
    Optional<Bill> certify(
            Handle tx, Contract contract, LocalDate closing, long cubicMetres, String reason, String by) {
        Pricing pricing = new Pricing(tx);
        return next(tx, standing(tx, List.of(contract)), contract, closing).map(begin -> {
            Reckoned.Whole whole = pricing.on(begin.period.last())
                    .reckon(
                            contract,
                            begin.plan,
                            begin.period,
                            usual(tx, contract, begin.period),
                            begin.millilitres,
                            cubicMetres);
            Bill bill = bill(tx, pricing, contract, begin, whole, 0);
            runs.release(tx, contract.number());
            issue(tx, List.of(new Ready(contract, bill)), by);
            Map<String, Object> detail = Map.of("cubic-metres", cubicMetres, "reason", reason);
            events.append(tx, new Event(real.instant(), "water.certified", by, bill.subject(), detail));
            return bill;
        });
    }

    /** What a bill would be by what is known now; empty when it cannot be reckoned. */
    Optional<Bill> anew(Handle tx, Contract contract, Bill wrong) {
        Pricing pricing = new Pricing(tx);
        Account account = accounts.numbered(tx, contract.account());
        Begin begin = new Begin(wrong.period(), wrong.fromMillilitres(), wrong.plan(), account);
        Reckoned came = pricing.on(wrong.period().last())
                .reckon(
                        contract,
                        wrong.plan(),
                        wrong.period(),
                        usual(tx, contract, wrong.period()),
                        wrong.fromMillilitres(),
                        uses(account, wrong.period()));
        return came instanceof Reckoned.Whole whole
                ? Optional.of(bill(tx, pricing, contract, begin, whole, wrong.correction() + 1))
                : Optional.empty();
    }

    /**
     * Takes the newest bill of a contract back and issues it anew by what is known now; false when it was done meanwhile, when
     * it is not the newest, or when it cannot be reckoned.
     */
    boolean correct(Handle tx, Contract contract, Bill wrong, String reason, String actor) {
        boolean newest = bills.last(tx, contract.number())
                .filter(last -> last.id() == wrong.id())
                .isPresent();
        Optional<Bill> right = newest ? anew(tx, contract, wrong) : Optional.empty();
        if (right.isEmpty() || !bills.reverse(tx, wrong, reason, actor)) {
            return false;
        }
        payments.reverse(tx, wrong.charge(), reason, actor);
        issue(tx, List.of(new Ready(contract, right.get())), actor);
        Map<String, Object> detail = Map.of(
                "reason", reason, "before", wrong.yen(), "now", right.get().yen());
        events.append(tx, new Event(real.instant(), "water.bill-corrected", actor, wrong.subject(), detail));
        return true;
    }

    /** Prices by the day on which they hold, within one transaction. */
    Prices prices(Handle tx, LocalDate on) {
        return new Pricing(tx).on(on);
    }

    /** The prices of the days that one transaction needs. */
    private final class Pricing {
        private final Map<LocalDate, Prices> byDay = new HashMap<>();
        private final Map<Boolean, Integer> daysToPay = new HashMap<>();
        private final Handle tx;

        Pricing(Handle tx) {
            this.tx = tx;
        }

        Prices on(LocalDate day) {
            ZoneId zone = clock.getZone();
            return byDay.computeIfAbsent(day, d -> new Prices(tx, rules, date -> !cases.open(date), d, zone));
        }

        int daysToPay(boolean last) {
            return daysToPay.computeIfAbsent(
                    last,
                    of -> Integer.parseInt(rules.decide(tx, "water-due", today(), Map.of("last", of))
                            .results()
                            .get("days")));
        }
    }
}
