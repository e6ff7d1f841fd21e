package city.hamana.service.water;

import city.hamana.capability.payments.ChargeState;
import city.hamana.capability.payments.Payments;
import city.hamana.capability.people.People;
import city.hamana.capability.rules.Cited;
import city.hamana.capability.rules.Rules;
import city.hamana.capability.tariffs.Amount;
import city.hamana.capability.tariffs.Line;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.sensing.vee.Use;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** A resident's bills, each of which explains itself; and what a resident says of the contract. */
final class MyBills {
    private static final String HERE = "city/hamana/service/water/";
    private static final int MOST_BILLS = 60;
    private static final int HOURS = 24;

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource real;
    private final People people;
    private final Rules rules;
    private final Payments payments;
    private final Accounts accounts;
    private final Contracts contracts;
    private final Billing billing;

    MyBills(
            Database database,
            Events events,
            Html html,
            InstantSource real,
            People people,
            Rules rules,
            Payments payments,
            Accounts accounts,
            Contracts contracts,
            Billing billing) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.real = real;
        this.people = people;
        this.rules = rules;
        this.payments = payments;
        this.accounts = accounts;
        this.contracts = contracts;
        this.billing = billing;
    }

    void routes(Routes routes) {
        routes.get("/water/bills", Role.RESIDENT, this::list)
                .get("/water/bills/{contract}/{until}", Role.RESIDENT, this::show)
                .get("/water/bills/{contract}/{until}/hours.csv", Role.RESIDENT, this::csv)
                .post("/water/contracts/{contract}/e-bill", Role.RESIDENT, this::electronic)
                .post("/water/contracts/{contract}/persons", Role.RESIDENT, this::living);
    }

    /** The contracts of the meters that the reader has, as they are today. */
    List<Contract> contracts(Handle tx, Call call) {
        LocalDate today = billing.today();
        return people.meters(call.person()).stream()
                .map(meter -> accounts.of(tx, meter).number())
                .distinct()
                .flatMap(account -> contracts.of(tx, account, today).stream())
                .toList();
    }

    private Reply list(Call call) {
        BillList it = database.inTransaction(tx -> {
            List<Contract> mine = contracts(tx, call);
            List<Bill> all = Stream.concat(
                            mine.stream().flatMap(c -> billing.bills().standing(tx, c.number(), MOST_BILLS).stream()),
                            billing.bills().of(tx, List.of(call.person().id()), MOST_BILLS).stream())
                    .collect(
                            LinkedHashMap<Long, Bill>::new,
                            (map, bill) -> map.put(bill.id(), bill),
                            LinkedHashMap::putAll)
                    .values()
                    .stream()
                    .sorted((a, b) -> b.period().until().compareTo(a.period().until()))
                    .limit(MOST_BILLS)
                    .toList();
            return new BillList(
                    mine,
                    all.stream()
                            .map(bill -> new BillList.Line(bill, payments.state(tx, bill.charge())))
                            .toList());
        });
        return Reply.html(html.render(HERE + "bills", call.page(), it));
    }

    private Reply show(Call call) {
        Optional<Reply> page = database.inTransaction(tx -> seen(tx, call).map(found -> {
            BillView it = view(tx, found, Optional.empty(), List.of(), call);
            record(tx, call, "water.bill-read", found);
            return Reply.html(html.render(HERE + "bill", call.page(), it));
        }));
        return page.orElseGet(Reply::notFound);
    }

    /** The bill of a period with the corrections before it; empty when there is none or it is not the reader's. */
    private Optional<List<Bill>> seen(Handle tx, Call call) {
        List<Bill> all = day(call.part("until"))
                .map(until -> billing.bills().ofPeriod(tx, call.part("contract"), until))
                .orElse(List.of());
        boolean mine = contracts(tx, call).stream()
                .anyMatch(contract -> contract.number().equals(call.part("contract")));
        boolean own = all.stream()
                .anyMatch(bill -> !bill.party().isEmpty()
                        && people.idNow(tx, bill.party()).equals(call.person().id()));
        return all.isEmpty() || !(mine || own) ? Optional.empty() : Optional.of(all);
    }

    static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A bill made ready to be explained. */
    BillView view(Handle tx, List<Bill> all, Optional<Bill> anew, List<FieldError> errors, Call call) {
        Bill bill = all.getFirst();
        Contract contract = contracts.numbered(tx, bill.contract()).orElseThrow();
        ZoneId zone = call.page().zone();
        List<Use> uses = billing.uses(tx, contract, bill.period());
        Optional<ChargeState> charge = payments.state(tx, bill.charge());
        return new BillView(
                bill,
                all.subList(1, all.size()),
                contract,
                charge,
                cited(tx, bill.sheet()),
                billing.prices(tx, bill.period().last()).plan(),
                charts(bill.period(), uses, zone),
                uses.stream().noneMatch(Use.Known.class::isInstance),
                anew,
                errors);
    }

    /** Everything that the lines of a sheet stand on, by the reference. */
    private Map<String, Cited> cited(Handle tx, Sheet sheet) {
        Map<String, Cited> all = new LinkedHashMap<>();
        Stream.concat(Stream.of(sheet.ordinary()), Stream.concat(sheet.byHours().stream(), sheet.sewer().stream()))
                .map(Amount::lines)
                .flatMap(List::stream)
                .map(Line::rule)
                .flatMap(rule -> Arrays.stream(rule.split(" ")))
                .distinct()
                .forEach(reference -> rules.cited(tx, reference).ifPresent(cited -> all.put(reference, cited)));
        return all;
    }

    /** What ran in each hour of the day, over all days of the period. */
    static List<Chart> charts(Period period, List<Use> uses, ZoneId zone) {
        List<Slice> slices = byHourOfDay(period, uses, zone);
        List<String> labels =
                IntStream.range(0, HOURS).mapToObj(Integer::toString).toList();
        return Arrays.stream(Chart.Size.values())
                .map(size -> Chart.of(size, Span.DAY, slices, labels))
                .toList();
    }

    private static List<Slice> byHourOfDay(Period period, List<Use> uses, ZoneId zone) {
        List<List<Use>> byHour = new ArrayList<>();
        IntStream.range(0, HOURS).forEach(hour -> byHour.add(new ArrayList<>()));
        Instant from = period.from().atStartOfDay(zone).toInstant();
        for (int i = 0; i < uses.size(); i++) {
            byHour.get(from.plusSeconds(i * 3_600L).atZone(zone).getHour()).add(uses.get(i));
        }
        return IntStream.range(0, HOURS)
                .mapToObj(hour -> new Slice(from.plusSeconds(hour * 3_600L), byHour.get(hour)))
                .toList();
    }

    private Reply csv(Call call) {
        Optional<Reply> file = database.inTransaction(tx -> seen(tx, call).map(found -> {
            Bill bill = found.getFirst();
            Contract contract = contracts.numbered(tx, bill.contract()).orElseThrow();
            ZoneId zone = call.page().zone();
            String lines = HoursCsv.of(
                    bill.period().from().atStartOfDay(zone),
                    billing.uses(tx, contract, bill.period()),
                    billing.prices(tx, bill.period().last()).bands(bill.period()).stream()
                            .map(band -> call.page().plain("water.band." + band))
                            .toList(),
                    call.page());
            record(tx, call, "water.bill-hours-downloaded", found);
            return Reply.text("text/csv", lines)
                    .download("bill-" + bill.contract() + "-" + bill.period().until() + ".csv");
        }));
        return file.orElseGet(Reply::notFound);
    }

    /** The contract that the address names, where it is the reader's. */
    Optional<Contract> asked(Handle tx, Call call) {
        return contracts(tx, call).stream()
                .filter(contract -> contract.number().equals(call.part("contract")))
                .findFirst();
    }

    /** Bills without paper from now on, or on paper again. */
    private Reply electronic(Call call) {
        boolean wanted = call.field("electronic").equals("yes");
        boolean mine = database.holds(tx -> {
            Optional<Contract> asked = asked(tx, call);
            asked.filter(contract -> contract.electronic() != wanted).ifPresent(contract -> {
                contracts.electronic(tx, contract, wanted);
                tell(tx, call, wanted ? "water.e-bill-chosen" : "water.paper-chosen", contract);
            });
            return asked.isPresent();
        });
        return mine ? Reply.seeOther("/water/bills") : Reply.notFound();
    }

    /** How many live in the home, so that it is compared with homes alike; 0 takes it back. */
    private Reply living(Call call) {
        String persons = call.field("persons");
        boolean mine = persons.matches("[0-9]")
                && database.holds(tx -> {
                    Optional<Contract> asked = asked(tx, call);
                    asked.ifPresent(contract -> {
                        contracts.persons(tx, contract, Integer.parseInt(persons));
                        tell(tx, call, "water.persons-said", contract);
                    });
                    return asked.isPresent();
                });
        return mine ? Reply.seeOther("/water?view=month") : Reply.notFound();
    }

    private void tell(Handle tx, Call call, String kind, Contract contract) {
        events.append(tx, new Event(real.instant(), kind, call.caller().actor(), contract.subject(), Map.of()));
    }

    private void record(Handle tx, Call call, String kind, List<Bill> found) {
        Bill bill = found.getFirst();
        events.append(tx, new Event(real.instant(), kind, call.caller().actor(), bill.subject(), Map.of("why", "own")));
    }
}
