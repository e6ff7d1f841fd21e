package city.hamana.service.water;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.sensing.vee.Use;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Where a resident tries the time-of-use tariff on the hours that have been, and then chooses it or leaves it. */
final class TryPages {
    private static final String HERE = "city/hamana/service/water/";
    private static final int PERIODS = 6;
    private static final int MONTHS = 2;
    private static final int PERCENT = 100;

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource real;
    private final Contracts contracts;
    private final Billing billing;
    private final MyBills mine;

    TryPages(
            Database database,
            Events events,
            Html html,
            InstantSource real,
            Contracts contracts,
            Billing billing,
            MyBills mine) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.real = real;
        this.contracts = contracts;
        this.billing = billing;
        this.mine = mine;
    }

    void routes(Routes routes) {
        routes.get("/water/try", Role.RESIDENT, this::show)
                .post("/water/contracts/{contract}/plan", Role.RESIDENT, this::choose);
    }

    private Reply show(Call call) {
        Optional<TryView> it = database.inTransaction(tx -> {
            List<Contract> all = mine.contracts(tx, call);
            Optional<Contract> asked = call.query("contract")
                    .map(number ->
                            all.stream().filter(c -> c.number().equals(number)).findFirst())
                    .orElseGet(() -> all.stream().findFirst());
            asked.ifPresent(contract -> events.append(
                    tx,
                    new Event(
                            real.instant(),
                            "water.tariff-tried",
                            call.caller().actor(),
                            contract.subject(),
                            Map.of("why", "own"))));
            return asked.map(contract -> view(tx, contract, all, call));
        });
        return Reply.html(
                it.isPresent()
                        ? html.render(HERE + "try", call.page(), it.get())
                        : html.render(HERE + "bills", call.page(), new BillList(List.of(), List.of())));
    }

    private TryView view(Handle tx, Contract contract, List<Contract> all, Call call) {
        ZoneId zone = call.page().zone();
        int moved = call.query("moved")
                .flatMap(text -> TryView.SHARES.stream()
                        .filter(share -> share.toString().equals(text))
                        .findFirst())
                .orElse(0);
        Prices prices = billing.prices(tx, billing.today());
        List<TryView.Line> lines = new ArrayList<>();
        List<Use> together = new ArrayList<>();
        List<Period> periods = periods(tx, contract);
        for (Period period : periods) {
            List<Use> uses = billing.uses(tx, contract, period);
            int known = known(uses);
            if (known > 0) {
                lines.add(new TryView.Line(period, prices.tried(contract, period, uses, moved), known));
                together.addAll(uses);
            }
        }
        LocalDate begins = begins(contract);
        return new TryView(
                contract,
                all,
                contracts.plan(tx, contract.number(), billing.today()),
                contracts.plan(tx, contract.number(), begins),
                begins,
                lines,
                moved,
                prices.plan(),
                // Every period begins at midnight and holds whole days: hours of the day fall into their places one
                // after another.
                together.isEmpty() ? List.of() : MyBills.charts(periods.getFirst(), together, zone));
    }

    private static int known(List<Use> uses) {
        long known = uses.stream().filter(Use.Known.class::isInstance).count();
        return (int) (known * PERCENT / uses.size());
    }

    /** The last six that were billed; where none was, as many of two months before this one. Not before supply began. */
    private List<Period> periods(Handle tx, Contract contract) {
        List<Bill> billed = billing.bills().standing(tx, contract.number(), PERIODS);
        if (!billed.isEmpty()) {
            return billed.stream().map(Bill::period).toList();
        }
        LocalDate end = billing.today().withDayOfMonth(1);
        return IntStream.range(0, PERIODS)
                .mapToObj(i -> new Period(end.minusMonths((long) MONTHS * (i + 1)), end.minusMonths((long) MONTHS * i)))
                .filter(period -> !period.from().isBefore(contract.from()))
                .toList();
    }

    /** Another plan begins with a period that has not begun: nobody chooses by what has already run. */
    private LocalDate begins(Contract contract) {
        return contract.nextClosing(billing.today());
    }

    private Reply choose(Call call) {
        Optional<Plan> wished = Plan.ofCode(call.field("plan"));
        boolean done = wished.isPresent()
                && database.holds(tx -> mine.asked(tx, call)
                        .map(contract -> chosen(tx, call, contract, wished.get()))
                        .isPresent());
        return done ? Reply.seeOther("/water/try?contract=" + call.part("contract")) : Reply.notFound();
    }

    private Contract chosen(Handle tx, Call call, Contract contract, Plan wished) {
        LocalDate begins = begins(contract);
        if (contracts.plan(tx, contract.number(), begins) != wished) {
            contracts.plan(tx, contract.number(), begins, wished, real.instant());
            Map<String, String> detail = Map.of("plan", wished.code(), "from", begins.toString());
            events.append(
                    tx,
                    new Event(real.instant(), "water.plan-chosen", call.caller().actor(), contract.subject(), detail));
        }
        return contract;
    }
}
