package city.hamana.service.water;

import city.hamana.capability.people.People;
import city.hamana.messages.DeviceId;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.vee.MeterFacts;
import city.hamana.sensing.vee.Vee;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The waterworks' pages of an account and its meters. */
final class ExchangePages {
    private static final String HERE = "city/hamana/service/water/";
    private static final String DIVISION = "suido";
    private static final int MOST_NEWEST = 50;
    private static final Duration LOOKED_BACK = Duration.ofDays(400);

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource real;
    private final People people;
    private final Readings readings;
    private final Vee vee;
    private final Accounts accounts;

    ExchangePages(
            Database database,
            Events events,
            Html html,
            InstantSource real,
            People people,
            Readings readings,
            Vee vee,
            Accounts accounts) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.real = real;
        this.people = people;
        this.readings = readings;
        this.vee = vee;
        this.accounts = accounts;
    }

    void routes(Routes routes) {
        routes.get("/staff/water/accounts", Role.STAFF, this::list)
                .get("/staff/water/accounts/{meter}", Role.STAFF, this::show)
                .post("/staff/water/accounts/{meter}/exchange", Role.STAFF, this::exchange)
                .post("/staff/water/accounts/{meter}/undo", Role.STAFF, this::undo);
    }

    private Reply list(Call call) {
        if (!ofTheWaterworks(call)) {
            return refused();
        }
        String asked = call.query("q").orElse("").strip().toLowerCase(Locale.ROOT);
        if (DeviceId.valid(asked) && database.inTransaction(tx -> known(tx, asked))) {
            return Reply.seeOther("/staff/water/accounts/" + asked);
        }
        AccountList it = database.inTransaction(tx -> new AccountList(
                asked.substring(0, Math.min(64, asked.length())),
                accounts.former(tx, asked).stream()
                        .flatMap(number -> accounts.meterOf(tx, number).stream())
                        .toList(),
                accounts.newest(tx, MOST_NEWEST)));
        return Reply.html(html.render(HERE + "accounts", call.page(), it));
    }

    /** A meter that is in an account, is somebody's, or has readings and was never taken out. */
    private boolean known(Handle tx, String meter) {
        boolean isIn = accounts.of(tx, meter).exchanged() || people.isSomebodys(tx, meter);
        return isIn
                || (accounts.former(tx, meter).isEmpty()
                        && readings.about(meter, Quantity.VOLUME).isPresent());
    }

    private Reply show(Call call) {
        if (!ofTheWaterworks(call)) {
            return refused();
        }
        return page(call, ExchangeForm.begun(call.page()), List.of(), 200);
    }

    private Reply page(Call call, ExchangeForm typed, List<FieldError> errors, int status) {
        String meter = call.part("meter");
        if (!DeviceId.valid(meter) || !database.inTransaction(tx -> known(tx, meter))) {
            return Reply.notFound();
        }
        Account account = database.inTransaction(tx -> accounts.of(tx, meter));
        AccountView it = new AccountView(
                account,
                account.exchanges(Instant.EPOCH, Instant.MAX).reversed(),
                last(meter, call.page().now()),
                typed,
                errors);
        return Reply.html(html.render(HERE + "account", call.page(), it)).withStatus(status);
    }

    private Optional<Sample> last(String meter, Instant before) {
        List<Sample> samples = readings.about(meter, Quantity.VOLUME)
                .map(info -> readings.series(meter, Quantity.VOLUME, before.minus(LOOKED_BACK), before))
                .orElse(List.of());
        return samples.isEmpty() ? Optional.empty() : Optional.of(samples.getLast());
    }

    private Reply exchange(Call call) {
        if (!ofTheWaterworks(call)) {
            return refused();
        }
        String meter = call.part("meter");
        if (!DeviceId.valid(meter) || !database.inTransaction(tx -> known(tx, meter))) {
            return Reply.notFound();
        }
        ExchangeForm typed = ExchangeForm.of(call.form());
        Instant at = typed.moment(call.page().zone()).orElse(call.page().now());
        Optional<Sample> last = last(meter, at);
        List<FieldError> errors = database.inTransaction(tx -> {
            Account account = accounts.of(tx, meter);
            List<FieldError> wrong = typed.errors(account, last, isTaken(tx, typed.newMeter()), call.page());
            return wrong.isEmpty() ? done(tx, call, account, typed, at) : wrong;
        });
        return errors.isEmpty()
                ? Reply.seeOther("/staff/water/accounts/" + typed.newMeter())
                : page(call, typed, errors, 400);
    }

    private boolean isTaken(Handle tx, String meter) {
        return accounts.of(tx, meter).exchanged() || people.isSomebodys(tx, meter);
    }

    private List<FieldError> done(Handle tx, Call call, Account account, ExchangeForm typed, Instant at) {
        Installation ended = account.current().ended(at, typed.oldMillilitres().orElseThrow());
        Installation begun = new Installation(
                typed.newMeter(),
                at,
                typed.newMillilitres().orElseThrow(),
                Optional.empty(),
                0,
                typed.reason(),
                call.person().name());
        if (!accounts.exchange(tx, account, ended, begun)) {
            return List.of(FieldError.of("new-meter", "water.exchange.error.meanwhile"));
        }
        people.meterExchanged(tx, ended.meter(), begun.meter());
        inFor(tx, ended.meter(), begun.meter(), at);
        Map<String, ?> detail = Map.of(
                "old",
                ended.meter(),
                "old-ml",
                ended.toMillilitres(),
                "new",
                begun.meter(),
                "new-ml",
                begun.fromMillilitres(),
                "reason",
                begun.reason());
        tell(tx, call, "water.meter-exchanged", account, detail);
        return List.of();
    }

    /** Takes the newest exchange back: it was entered wrongly. */
    private Reply undo(Call call) {
        if (!ofTheWaterworks(call)) {
            return refused();
        }
        String meter = call.part("meter");
        Optional<String> back = database.inTransaction(tx -> {
            Account account = accounts.of(tx, meter);
            if (!account.exchanged()) {
                return Optional.<String>empty();
            }
            accounts.takeBack(tx, account);
            String old = account.installations()
                    .get(account.installations().size() - 2)
                    .meter();
            people.meterExchanged(tx, meter, old);
            inFor(tx, meter, old, account.current().from());
            tell(tx, call, "water.exchange-undone", account, Map.of("new", meter, "old", old));
            return Optional.of(old);
        });
        return back.map(old -> Reply.seeOther("/staff/water/accounts/" + old)).orElseGet(Reply::notFound);
    }

    /** Validation expects nothing of the one meter any more, and of the other what it expected of the one. */
    private void inFor(Handle tx, String out, String in, Instant at) {
        MeterFacts known = vee.facts(tx, out);
        vee.describe(tx, new MeterFacts(in, known.boreMm(), known.customer(), Optional.empty()));
        vee.describe(tx, new MeterFacts(out, known.boreMm(), known.customer(), Optional.of(at)));
    }

    private void tell(Handle tx, Call call, String kind, Account account, Map<String, ?> detail) {
        events.append(
                tx, new Event(real.instant(), kind, call.caller().actor(), "account:" + account.number(), detail));
    }

    private static boolean ofTheWaterworks(Call call) {
        return call.person().worksIn(DIVISION);
    }

    private static Reply refused() {
        return Reply.problem(403, "Accounts are the waterworks division's.");
    }
}
