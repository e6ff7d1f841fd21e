package city.hamana.capability.payments;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Where staff enter mandates that came on paper, and what the bank says of any. */
final class MandatePages {
    private static final String HERE = "city/hamana/capability/payments/";
    private static final String PATH = "/staff/payments/mandates";
    private static final int LONGEST_REASON = 300;
    private static final Set<String> SAID = Set.of("accepted", "refused", "ended", "late");

    private final Database database;
    private final Html html;
    private final Desk desk;
    private final Till till;
    private final Mandates mandates;
    private final Clock clock;

    MandatePages(Database database, Html html, Desk desk, Till till, Mandates mandates, Clock clock) {
        this.database = database;
        this.html = html;
        this.desk = desk;
        this.till = till;
        this.mandates = mandates;
        this.clock = clock;
    }

    void routes(Routes routes) {
        routes.get(PATH, Role.STAFF, this::list)
                .post(PATH, Role.STAFF, this::enter)
                .get("/staff/payments/mandates/{id}", Role.STAFF, call -> with(call, m -> show(call, m, List.of())))
                .post("/staff/payments/mandates/{id}/accept", Role.STAFF, call -> with(call, m -> accept(call, m)))
                .post("/staff/payments/mandates/{id}/refuse", Role.STAFF, call -> with(call, m -> refuse(call, m)))
                .post("/staff/payments/mandates/{id}/end", Role.STAFF, call -> with(call, m -> end(call, m)));
    }

    private Reply list(Call call) {
        String customer = call.query("customer").orElse("").strip();
        MandateForm empty = MandateForm.empty(customer, LocalDate.now(clock));
        return board(call, call.query("service").orElse(""), customer, empty, List.of());
    }

    private Reply board(Call call, String asked, String customer, MandateForm typed, List<FieldError> errors) {
        Optional<String> chosen = desk.chosen(call, asked);
        if (chosen.isEmpty()) {
            return Reply.notFound();
        }
        String service = chosen.get();
        MandateBoard board = database.inTransaction(tx -> {
            List<DebitMandate> found =
                    customer.isEmpty() ? mandates.waiting(tx, service) : mandates.of(tx, service, customer);
            if (!found.isEmpty()) {
                String subject = "service:" + service;
                mandates.listed(
                        tx,
                        customer.isEmpty() ? subject : service + ":" + customer,
                        found.size(),
                        call.caller().actor());
            }
            String said = call.query("said").filter(SAID::contains).orElse("");
            return new MandateBoard(
                    desk.services(call), service, customer, name(tx, service, customer), found, typed, errors, said);
        });
        return Reply.html(html.render(HERE + "mandates", call.page(), board));
    }

    private String name(Handle tx, String service, String customer) {
        return customer.isEmpty()
                ? ""
                : till.of(tx, service, customer).stream()
                        .map(bill -> bill.charge().name())
                        .findFirst()
                        .orElse("");
    }

    private Reply enter(Call call) {
        String service = call.field("service");
        if (!desk.handles(call, service)) {
            return Reply.notFound();
        }
        MandateForm typed = MandateForm.of(call);
        LocalDate today = LocalDate.now(clock);
        boolean known =
                database.holds(tx -> !till.of(tx, service, typed.customer()).isEmpty());
        List<FieldError> errors = typed.errors(known, today);
        if (!errors.isEmpty()) {
            return board(call, service, "", typed, errors).withStatus(400);
        }
        long id = database.inTransaction(tx -> mandates.ask(
                tx,
                service,
                typed.customer(),
                typed.bank().bankAccount(),
                true,
                typed.day(today).orElseThrow(),
                call.caller().actor()));
        return Reply.seeOther(PATH + "/" + id);
    }

    /** One of a service whose money the reader handles; others are as if they were not there. */
    private Reply with(Call call, Function<DebitMandate, Reply> answer) {
        return call.number("id")
                .flatMap(id -> database.inTransaction(tx -> mandates.one(tx, id)))
                .filter(mandate -> desk.handles(call, mandate.service()))
                .map(answer)
                .orElseGet(Reply::notFound);
    }

    private Reply show(Call call, DebitMandate mandate, List<FieldError> errors) {
        MandateView view = database.inTransaction(tx -> {
            mandates.read(tx, mandate, call.caller().actor());
            List<DebitMandate> others = mandates.of(tx, mandate.service(), mandate.account()).stream()
                    .filter(other -> other.id() != mandate.id())
                    .toList();
            String name = name(tx, mandate.service(), mandate.account());
            return new MandateView(mandate, till.creditor(mandate.service()), name, others, errors);
        });
        return Reply.html(html.render(HERE + "mandate", call.page(), view));
    }

    private Reply accept(Call call, DebitMandate mandate) {
        boolean done = database.holds(
                tx -> mandates.accept(tx, mandate.id(), call.caller().actor()));
        return back(mandate, done ? "accepted" : "late");
    }

    private Reply refuse(Call call, DebitMandate mandate) {
        Optional<String> reason = reason(call);
        if (reason.isEmpty()) {
            return show(call, mandate, List.of(FieldError.of("reason", "payments.wrong-reason")))
                    .withStatus(400);
        }
        boolean done = database.holds(tx ->
                mandates.refuse(tx, mandate.id(), reason.get(), call.caller().actor()));
        return back(mandate, done ? "refused" : "late");
    }

    private Reply end(Call call, DebitMandate mandate) {
        Optional<String> reason = reason(call);
        if (reason.isEmpty()) {
            return show(call, mandate, List.of(FieldError.of("reason", "payments.wrong-reason")))
                    .withStatus(400);
        }
        boolean done = database.holds(
                tx -> mandates.end(tx, mandate.id(), reason.get(), call.caller().actor()));
        return back(mandate, done ? "ended" : "late");
    }

    private static Optional<String> reason(Call call) {
        return Optional.of(call.field("reason").strip()).filter(r -> !r.isEmpty() && r.length() <= LONGEST_REASON);
    }

    private static Reply back(DebitMandate mandate, String said) {
        return Reply.seeOther(
                PATH + "?service=" + mandate.service() + "&customer=" + mandate.account() + "&said=" + said);
    }
}
