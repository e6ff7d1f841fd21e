package city.hamana.service.water;

import city.hamana.capability.cases.Cases;
import city.hamana.capability.maps.Maps;
import city.hamana.capability.notices.Notices;
import city.hamana.capability.payments.Creditor;
import city.hamana.capability.payments.Payments;
import city.hamana.capability.people.People;
import city.hamana.capability.rules.Rules;
import city.hamana.capability.tariffs.Tariffs;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import city.hamana.platform.module.Panel;
import city.hamana.platform.module.PartyColumn;
import city.hamana.platform.module.ServiceModule;
import city.hamana.sensing.household.Household;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.vee.Vee;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Water: what a home uses, and what it pays for it. */
public final class Water implements ServiceModule {
    private static final int MOST_BILLS = 500;
    private static final Duration LOOKED_EVERY = Duration.ofMinutes(5);
    private static final Duration RECKONED_EVERY = Duration.ofHours(6);

    private final People people;
    private final Accounts accounts = new Accounts();
    private final Contracts contracts = new Contracts();
    private final Billing billing;
    private final WaterSeed seed;
    private final Neighbours neighbours;
    private final UsePages uses;
    private final MyBills bills;
    private final TryPages tries;
    private final ExchangePages exchanges;
    private final BillPages billPages;
    private final ContractPages contractPages;
    private final Leaks leaks;
    private final Effects effects;
    private final OverviewPages overview;

    /**
     * @param clock the city's: by it periods begin and end
     * @param real for events
     * @param panels what all modules show on the page of a division's day
     */
    public Water(
            Database database,
            Events events,
            Html html,
            Clock clock,
            InstantSource real,
            People people,
            Rules rules,
            Cases cases,
            Notices notices,
            Payments payments,
            Readings readings,
            Vee vee,
            Household household,
            Maps maps,
            Function<String, List<Panel>> panels,
            Jobs jobs) {
        this.people = people;
        billing = new Billing(
                database, events, clock, real, people, rules, cases, payments, notices, vee, accounts, contracts);
        seed = new WaterSeed(vee, contracts, clock);
        leaks = new Leaks(database, events, html, clock, people, notices, household);
        neighbours = new Neighbours(database, clock, vee, contracts);
        uses = new UsePages(
                database, events, html, real, people, readings, vee, accounts, contracts, neighbours, household);
        bills = new MyBills(database, events, html, real, people, rules, payments, accounts, contracts, billing);
        tries = new TryPages(database, events, html, real, contracts, billing, bills);
        exchanges = new ExchangePages(database, events, html, real, people, readings, vee, accounts);
        billPages = new BillPages(database, events, html, real, contracts, billing, bills, jobs);
        contractPages = new ContractPages(database, events, html, real, vee, accounts, contracts, billing);
        effects = new Effects(database, clock, contracts, billing);
        overview = new OverviewPages(database, events, html, clock, readings, contracts, effects, leaks, maps, panels);
        Tariffs tariffs = new Tariffs(rules);
        tariffs.ship(Water.class, "water");
        tariffs.ship(Water.class, "sewer");
        tariffs.shipPlan(Water.class, "water");
        rules.table(Water.class, "water-plan");
        rules.table(Water.class, "water-due");
        payments.creditor(new Creditor(Billing.SERVICE, BillPages.DIVISION, "water.creditor"));
    }

    @Override
    public String name() {
        return "water";
    }

    @Override
    public void routes(Routes routes) {
        uses.routes(routes);
        bills.routes(routes);
        tries.routes(routes);
        exchanges.routes(routes);
        billPages.routes(routes);
        contractPages.routes(routes);
        overview.routes(routes);
        leaks.routes(routes);
    }

    @Override
    public List<Door> doors() {
        return List.of(
                new Door("/water", "water.door", Role.RESIDENT, Door.Group.SERVICES),
                new Door("/water/bills", "water.bills-door", Role.RESIDENT, Door.Group.SERVICES),
                new Door("/staff/water", "water.overview-door", Role.STAFF, Door.Group.WORK),
                new Door("/staff/water/bills", "water.runs-door", Role.STAFF, Door.Group.WORK),
                new Door("/staff/water/contracts", "water.contracts-door", Role.STAFF, Door.Group.WORK),
                new Door("/staff/water/accounts", "water.accounts-door", Role.STAFF, Door.Group.WORK));
    }

    /**
     * Bills everybody whose period ends with the day before {@code closing}, and returns when all are billed; what staff begin on
     * the page goes through the queue. Empty if that day was begun before.
     */
    public Optional<Run> bill(LocalDate closing, String actor) {
        return billing.through(closing, actor);
    }

    @Override
    public void jobs(Jobs jobs) {
        billPages.jobs();
        jobs.schedule("water-neighbours", RECKONED_EVERY, neighbours::reckon);
        jobs.schedule("water-leaks", LOOKED_EVERY, leaks::look);
        jobs.schedule("water-effect", RECKONED_EVERY, effects::reckon);
    }

    @Override
    public void seed(Handle tx) {
        seed.sow(tx);
    }

    @Override
    public List<PartyColumn> partyColumns() {
        return List.of(new PartyColumn("water_bill", "id", "party"));
    }

    /** Bills stay, as the law has the city keep its books; a contract stays while water is supplied. */
    @Override
    public Map<String, Object> personalData(Handle tx, String party) {
        Map<String, Object> all = new LinkedHashMap<>();
        List<Map<String, Object>> mine = billing.bills().of(tx, List.of(party), MOST_BILLS).stream()
                .map(Water::facts)
                .toList();
        List<Map<String, Object>> supplied = people.metersOf(tx, party).stream()
                .map(meter -> accounts.of(tx, meter).number())
                .distinct()
                .flatMap(account -> contracts.of(tx, account, billing.today()).stream())
                .map(Water::facts)
                .toList();
        List<Map<String, Object>> found = people.metersOf(tx, party).stream()
                .flatMap(meter -> leaks.facts(tx, meter).stream())
                .toList();
        if (!mine.isEmpty()) {
            all.put("bills", mine);
        }
        if (!supplied.isEmpty()) {
            all.put("contracts", supplied);
        }
        if (!found.isEmpty()) {
            all.put("leaks", found);
        }
        return all;
    }

    private static Map<String, Object> facts(Contract contract) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("number", contract.number());
        facts.put("name", contract.name());
        facts.put("address", contract.address());
        facts.put("persons", contract.persons());
        facts.put("e-bill", contract.electronic());
        facts.put("scheme", contract.scheme());
        facts.put("from", contract.from().toString());
        return facts;
    }

    private static Map<String, Object> facts(Bill bill) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("contract", bill.contract());
        facts.put("from", bill.period().from().toString());
        facts.put("until", bill.period().until().toString());
        facts.put("cubic-metres", bill.cubicMetres());
        facts.put("plan", bill.plan().code());
        facts.put("yen", bill.yen());
        return facts;
    }
}
