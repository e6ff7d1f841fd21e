package city.hamana.capability.payments;

import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Where residents see what they are to pay, and pay it. */
final class BillPages {
    private static final String HERE = "city/hamana/capability/payments/";
    private static final String PATH = "/payments";
    private static final int MOST = 200;

    private final Database database;
    private final Events events;
    private final Html html;
    private final People people;
    private final Receipts receipts;
    private final Till till;
    private final Attempts attempts;
    private final Slips slips;
    private final Debits debits;
    private final Mandates mandates;
    private final Credits credits;
    private final Refunds refunds;
    private final UnaryOperator<String> offices;
    private final boolean online;
    private final URI site;
    private final Clock clock;

    BillPages(
            Database database,
            Events events,
            Html html,
            People people,
            Receipts receipts,
            Till till,
            Attempts attempts,
            Slips slips,
            Debits debits,
            Mandates mandates,
            Credits credits,
            Refunds refunds,
            UnaryOperator<String> offices,
            boolean online,
            URI site,
            Clock clock) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.people = people;
        this.receipts = receipts;
        this.till = till;
        this.attempts = attempts;
        this.slips = slips;
        this.debits = debits;
        this.mandates = mandates;
        this.credits = credits;
        this.refunds = refunds;
        this.offices = offices;
        this.online = online;
        this.site = site;
        this.clock = clock;
    }

    void routes(Routes routes) {
        routes.get(PATH, Role.RESIDENT, this::list)
                .get("/payments/{id}", Role.RESIDENT, call -> withBill(call, bill -> show(call, bill)))
                .get("/payments/{id}/slip.pdf", Role.RESIDENT, call -> withBill(call, bill -> slip(call, bill)))
                .get("/payments/{id}/debit", Role.RESIDENT, call -> withBill(call, bill -> debit(call, bill)))
                .post("/payments/{id}/debit", Role.RESIDENT, call -> withBill(call, bill -> enrol(call, bill)))
                .post("/payments/{id}/debit/end", Role.RESIDENT, call -> withBill(call, bill -> endDebit(call, bill)))
                .post("/payments/{id}/pay", Role.RESIDENT, call -> withBill(call, bill -> pay(call, bill)))
                .get("/payments/{id}/pay/{code}", Role.RESIDENT, call -> withBill(call, bill -> attempt(call, bill)))
                .post(
                        "/payments/{id}/pay/{code}/cancel",
                        Role.RESIDENT,
                        call -> withBill(call, bill -> cancel(call, bill)))
                .get(
                        "/payments/{id}/receipts/{number}",
                        Role.RESIDENT,
                        call -> withBill(call, bill -> receipt(call, bill)))
                .get(
                        "/payments/{id}/receipts/{number}/pdf",
                        Role.RESIDENT,
                        call -> withBill(call, bill -> receiptPdf(call, bill)));
    }

    private Reply list(Call call) {
        BillList list = database.inTransaction(tx -> {
            List<String> mine =
                    people.principals(tx, call.person()).stream().map(Party::id).toList();
            List<ChargeState> bills = mine.isEmpty() ? List.of() : till.store().ofParties(tx, mine, MOST);
            trace(tx, call, "payments.listed", Party.subject(call.person().id()), Map.of("bills", bills.size()));
            long credit = credits.of(tx, mine).stream().mapToLong(Credit::yen).sum();
            String reader = call.person().id();
            boolean back = !credits.of(tx, List.of(reader)).isEmpty()
                    || !refunds.ofParty(tx, reader, 1).isEmpty();
            return new BillList(bills, credit, back, reader, services(), LocalDate.now(clock));
        });
        return Reply.html(html.render(HERE + "bills", call.page(), list));
    }

    private Map<String, Creditor> services() {
        return till.creditors().stream().collect(Collectors.toMap(Creditor::service, c -> c));
    }

    /** Somebody else's bill is as one that is not there. */
    private Reply withBill(Call call, Function<ChargeState, Reply> answer) {
        return call.number("id")
                .flatMap(id -> database.inTransaction(tx -> till.state(tx, id).filter(b -> mine(tx, call, b))))
                .map(answer)
                .orElseGet(Reply::notFound);
    }

    private boolean mine(Handle tx, Call call, ChargeState bill) {
        String party = bill.charge().party();
        return !party.isEmpty() && people.mayActFor(tx, call.person(), party);
    }

    private Reply show(Call call, ChargeState bill) {
        BillPage page = database.inTransaction(tx -> {
            BillPage p = new BillPage(
                    bill,
                    till.creditor(bill.charge().service()),
                    attempts.underWay(tx, bill.id()),
                    online,
                    slips.offered(),
                    debits.offered(),
                    active(tx, bill),
                    people.idNow(tx, bill.charge().party()).equals(call.person().id()),
                    LocalDate.now(clock));
            trace(tx, call, "payments.looked", Charging.sub(bill.id()), Map.of("why", p.own() ? "own" : "mandate"));
            return p;
        });
        return Reply.html(html.render(HERE + "bill", call.page(), page));
    }

    private Reply slip(Call call, ChargeState bill) {
        if (!slips.offered() || bill.open() == 0) {
            return Reply.notFound();
        }
        byte[] pdf = database.inTransaction(tx -> {
            byte[] bytes = slips.pdf(tx, List.of(bill), office(bill));
            trace(tx, call, "payments.slip-printed", Charging.sub(bill.id()), Map.of("yen", bill.open()));
            return bytes;
        });
        return Reply.bytes("application/pdf", pdf).download("slip-" + bill.id() + ".pdf");
    }

    private String office(ChargeState bill) {
        return offices.apply(till.creditor(bill.charge().service()).division());
    }

    private Reply debit(Call call, ChargeState bill) {
        return debit(call, bill, BankForm.EMPTY, List.of());
    }

    private Optional<BankAccount> active(Handle tx, ChargeState bill) {
        return mandates.active(tx, bill.charge().service(), bill.charge().account())
                .map(DebitMandate::bank);
    }

    private Reply debit(Call call, ChargeState bill, BankForm typed, List<FieldError> errors) {
        DebitPage page = database.inTransaction(tx -> new DebitPage(
                bill,
                PATH + "/" + bill.id(),
                active(tx, bill),
                mandates.asked(tx, bill.charge().service(), bill.charge().account())
                        .map(DebitMandate::bank),
                typed,
                errors));
        return debits.offered() ? Reply.html(html.render(HERE + "debit", call.page(), page)) : Reply.notFound();
    }

    private Reply enrol(Call call, ChargeState bill) {
        BankForm typed = BankForm.of(call);
        List<FieldError> errors = typed.errors();
        if (!errors.isEmpty() || !debits.offered()) {
            return debit(call, bill, typed, errors).withStatus(debits.offered() ? 400 : 404);
        }
        Charge charge = bill.charge();
        database.inTransaction(tx -> {
            mandates.ask(
                    tx,
                    charge.service(),
                    charge.account(),
                    typed.bankAccount(),
                    false,
                    LocalDate.now(clock),
                    call.caller().actor());
            return bill;
        });
        return Reply.seeOther(PATH + "/" + bill.id() + "/debit");
    }

    private Reply endDebit(Call call, ChargeState bill) {
        database.inTransaction(tx -> {
            mandates.endAll(
                    tx,
                    bill.charge().service(),
                    bill.charge().account(),
                    call.caller().actor());
            return bill;
        });
        return Reply.seeOther(PATH + "/" + bill.id() + "/debit");
    }

    private Reply pay(Call call, ChargeState bill) {
        Optional<Channel> channel = Channel.ofCode(call.field("by")).filter(c -> c == Channel.CARD || c == Channel.QR);
        if (!online || channel.isEmpty()) {
            return Reply.badRequest("Card and QR are the ways to pay here, where the city offers them.");
        }
        String home = PATH + "/" + bill.id();
        return attempts.begin(
                        bill.id(),
                        channel.get(),
                        call.caller().actor(),
                        code -> site.resolve(home + "/pay/" + code + "?back=yes"))
                .map(attempt -> Reply.seeOther(home + "/pay/" + attempt.code()))
                .orElseGet(() -> Reply.seeOther(home));
    }

    /** On the way to the provider and back; who comes back hears what the provider says now, web-hook or not. */
    private Reply attempt(Call call, ChargeState bill) {
        Optional<Attempt> found = attempt(bill, call.part("code"));
        if (found.isEmpty()) {
            return Reply.notFound();
        }
        boolean comesBack =
                call.query("back").isPresent() && found.get().state().underWay();
        if (comesBack) {
            attempts.ask(found.get());
        }
        AttemptPage page = database.inTransaction(tx -> new AttemptPage(
                till.state(tx, bill.id()).orElseThrow(),
                till.creditor(bill.charge().service()),
                attempts.one(tx, found.get().code()).orElseThrow()));
        return Reply.html(html.render(HERE + "attempt", call.page(), page));
    }

    private Optional<Attempt> attempt(ChargeState bill, String code) {
        return database.inTransaction(tx -> attempts.one(tx, code)).filter(a -> a.charge() == bill.id());
    }

    private Reply cancel(Call call, ChargeState bill) {
        Optional<Attempt> found = attempt(bill, call.part("code"));
        found.ifPresent(attempt -> attempts.cancel(attempt.code(), call.caller().actor()));
        return found.isEmpty()
                ? Reply.notFound()
                : Reply.seeOther(PATH + "/" + bill.id() + "/pay/" + found.get().code());
    }

    private static Optional<Payment> payment(Call call, ChargeState bill) {
        return bill.payments().stream()
                .filter(payment -> payment.receipt().equals(call.part("number")) && payment.yen() > 0)
                .findFirst();
    }

    private Reply receipt(Call call, ChargeState bill) {
        Optional<Payment> payment = payment(call, bill);
        if (payment.isEmpty()) {
            return Reply.notFound();
        }
        ReceiptPage page = new ReceiptPage(bill, till.creditor(bill.charge().service()), payment.get());
        return Reply.html(html.render(HERE + "receipt", call.page(), page));
    }

    private Reply receiptPdf(Call call, ChargeState bill) {
        Optional<Payment> payment = payment(call, bill);
        if (payment.isEmpty()) {
            return Reply.notFound();
        }
        database.inTransaction(tx -> {
            trace(tx, call, "payments.receipt-printed", Charging.sub(bill.id()), Map.of());
            return bill;
        });
        byte[] pdf = receipts.pdf(call.page(), bill, payment.get(), "");
        return Reply.bytes("application/pdf", pdf)
                .download("receipt-" + payment.get().receipt() + ".pdf");
    }

    private void trace(Handle tx, Call call, String kind, String subject, Map<String, Object> detail) {
        events.append(tx, new Event(clock.instant(), kind, call.caller().actor(), subject, detail));
    }
}
