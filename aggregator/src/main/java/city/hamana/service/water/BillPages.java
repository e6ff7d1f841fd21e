package city.hamana.service.water;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.platform.jobs.Jobs;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** The waterworks' pages of bills: runs, what they held back, one bill and its correction. */
final class BillPages {
    static final String DIVISION = "suido";

    private static final String HERE = "city/hamana/service/water/";
    private static final int MOST_RUNS = 24;
    private static final Duration RETRIED_EVERY = Duration.ofHours(6);
    private static final int MOST_HELD = 500;
    private static final int CLOSINGS = 3;
    private static final int LONGEST_REASON = 200;

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource real;
    private final Contracts contracts;
    private final Billing billing;
    private final MyBills explained;
    private final Jobs jobs;

    BillPages(
            Database database,
            Events events,
            Html html,
            InstantSource real,
            Contracts contracts,
            Billing billing,
            MyBills explained,
            Jobs jobs) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.real = real;
        this.contracts = contracts;
        this.billing = billing;
        this.explained = explained;
        this.jobs = jobs;
    }

    void routes(Routes routes) {
        routes.get("/staff/water/bills", Role.STAFF, this::list)
                .post("/staff/water/bills", Role.STAFF, this::begin)
                .get("/staff/water/bills/{contract}/{until}", Role.STAFF, this::show)
                .post("/staff/water/bills/{contract}/{until}/correct", Role.STAFF, this::correct)
                .post("/staff/water/held", Role.STAFF, this::retry)
                .post("/staff/water/held/{contract}", Role.STAFF, this::certify);
    }

    /** Runs go on in the queue, and what was held back is tried again. */
    void jobs() {
        jobs.handle(Billing.TASK, billing::work);
        jobs.schedule("water-held", RETRIED_EVERY, () -> billing.retry("system"));
    }

    private Reply list(Call call) {
        return ofTheWaterworks(call) ? page(call, List.of(), 200) : refused();
    }

    private Reply page(Call call, List<FieldError> errors, int status) {
        LocalDate today = billing.today();
        RunList it = database.inTransaction(tx -> new RunList(
                billing.runs().newest(tx, MOST_RUNS),
                billing.runs().held(tx, MOST_HELD),
                IntStream.range(0, CLOSINGS)
                        .mapToObj(i -> today.withDayOfMonth(1).minusMonths(i))
                        .filter(day -> billing.runs().of(tx, day).isEmpty())
                        .map(day -> new RunList.Closing(day, contracts.dueCount(tx, Run.oddMonths(day), day)))
                        .toList(),
                contracts.count(tx),
                errors));
        return Reply.html(html.render(HERE + "runs", call.page(), it)).withStatus(status);
    }

    private Reply begin(Call call) {
        if (!ofTheWaterworks(call)) {
            return refused();
        }
        Optional<LocalDate> closing = MyBills.day(call.field("closing"))
                .filter(day -> day.getDayOfMonth() == 1 && !day.isAfter(billing.today()));
        if (closing.isEmpty()) {
            return page(call, List.of(FieldError.of("closing", "water.bills.error.closing")), 400);
        }
        database.inTransaction(tx ->
                billing.begin(tx, jobs, closing.get(), call.caller().actor()).isPresent());
        return Reply.seeOther("/staff/water/bills");
    }

    private Reply show(Call call) {
        return ofTheWaterworks(call) ? one(call, List.of(), 200) : refused();
    }

    private Reply one(Call call, List<FieldError> errors, int status) {
        Optional<Reply> page = database.inTransaction(tx -> bills(tx, call).map(all -> {
            Bill bill = all.getFirst();
            Contract contract = contracts.numbered(tx, bill.contract()).orElseThrow();
            boolean newest = billing.bills()
                    .last(tx, bill.contract())
                    .filter(last -> last.id() == bill.id())
                    .isPresent();
            Optional<Bill> anew = newest ? billing.anew(tx, contract, bill) : Optional.empty();
            BillView it = explained.view(tx, all, anew, errors, call);
            events.append(
                    tx,
                    new Event(
                            real.instant(),
                            "water.bill-read",
                            call.caller().actor(),
                            bill.subject(),
                            Map.of("why", "work")));
            return Reply.html(html.render(HERE + "staffbill", call.page(), it)).withStatus(status);
        }));
        return page.orElseGet(Reply::notFound);
    }

    private Optional<List<Bill>> bills(Handle tx, Call call) {
        return MyBills.day(call.part("until"))
                .map(until -> billing.bills().ofPeriod(tx, call.part("contract"), until))
                .filter(all -> !all.isEmpty());
    }

    private Reply correct(Call call) {
        if (!ofTheWaterworks(call)) {
            return refused();
        }
        String reason = call.field("reason").strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            return one(call, List.of(FieldError.of("reason", "water.bills.error.reason")), 400);
        }
        boolean done = database.holds(tx -> bills(tx, call)
                .filter(all -> all.getFirst().stands())
                .flatMap(all -> contracts
                        .numbered(tx, call.part("contract"))
                        .filter(contract -> billing.correct(
                                tx,
                                contract,
                                all.getFirst(),
                                reason,
                                call.caller().actor())))
                .isPresent());
        return done
                ? Reply.seeOther("/staff/water/bills/" + call.part("contract") + "/" + call.part("until"))
                : one(call, List.of(FieldError.of("reason", "water.bills.error.meanwhile")), 409);
    }

    /** Tries what is held back again, without waiting for the next turn. */
    private Reply retry(Call call) {
        if (!ofTheWaterworks(call)) {
            return refused();
        }
        billing.retry(call.caller().actor());
        return Reply.seeOther("/staff/water/bills");
    }

    private Reply certify(Call call) {
        if (!ofTheWaterworks(call)) {
            return refused();
        }
        String amount = call.field("cubic-metres").strip();
        String reason = call.field("reason").strip();
        List<FieldError> errors = new ArrayList<>();
        if (!amount.matches("\\d{1,6}")) {
            errors.add(FieldError.of("cubic-metres", "water.bills.error.cubic-metres"));
        }
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            errors.add(FieldError.of("reason", "water.bills.error.reason"));
        }
        if (!errors.isEmpty()) {
            return page(call, errors, 400);
        }
        Optional<Bill> bill = database.inTransaction(tx -> billing.runs()
                .held(tx, call.part("contract"))
                .flatMap(held -> contracts
                        .numbered(tx, held.contract())
                        .flatMap(contract -> billing.certify(
                                tx,
                                contract,
                                held.closing(),
                                Long.parseLong(amount),
                                reason,
                                call.caller().actor()))));
        return bill.map(one -> Reply.seeOther(one.staffAddress())).orElseGet(Reply::notFound);
    }

    static boolean ofTheWaterworks(Call call) {
        return call.person().worksIn(DIVISION);
    }

    static Reply refused() {
        return Reply.problem(403, "Bills and contracts are the waterworks division's.");
    }
}
