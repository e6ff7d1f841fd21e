package city.hamana.capability.payments;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** Where money goes back: one says how, another approves, a file or the provider does it. */
final class RefundPages {
    private static final String PATH = "/staff/payments/refunds";

    private final Database database;
    private final Html html;
    private final Desk desk;
    private final Refunds refunds;

    RefundPages(Database database, Html html, Desk desk, Refunds refunds) {
        this.database = database;
        this.html = html;
        this.desk = desk;
        this.refunds = refunds;
    }

    void routes(Routes routes) {
        routes.get(PATH, Role.STAFF, call -> list(call, BankForm.EMPTY, List.of()))
                .post("/staff/payments/refunds/{id}/provider", Role.STAFF, this::byProvider)
                .post("/staff/payments/refunds/{id}/transfer", Role.STAFF, this::byTransfer)
                .post("/staff/payments/refunds/{id}/credit", Role.STAFF, this::asCredit)
                .post("/staff/payments/refunds/{id}/approve", Role.STAFF, this::approve)
                .post("/staff/payments/refunds/{id}/return", Role.STAFF, this::giveBack)
                .post("/staff/payments/transfers", Role.STAFF, this::transfers);
    }

    private Reply list(Call call, BankForm typed, List<FieldError> errors) {
        if (!desk.open(call)) {
            return Reply.notFound();
        }
        long chosen = call.query("id")
                .or(() -> Optional.of(call.field("id")))
                .filter(id -> id.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .orElse(0L);
        RefundBoard board = database.inTransaction(tx -> new RefundBoard(
                mine(call, refunds.list(tx, false)),
                mine(call, refunds.list(tx, true)),
                chosen,
                typed,
                errors,
                call.caller().actor()));
        return Reply.html(html.render("city/hamana/capability/payments/refunds", call.page(), board));
    }

    private List<Refund> mine(Call call, List<Refund> all) {
        return all.stream()
                .filter(refund -> desk.handles(call, refund.service()))
                .toList();
    }

    private Reply byProvider(Call call) {
        return act(call, (tx, refund) -> refunds.askByProvider(tx, refund, actor(call)));
    }

    private Reply asCredit(Call call) {
        return act(call, (tx, refund) -> refunds.askAsCredit(tx, refund, actor(call)));
    }

    private Reply byTransfer(Call call) {
        BankForm typed = BankForm.of(call);
        List<FieldError> errors = typed.errors();
        return errors.isEmpty()
                ? act(call, (tx, refund) -> refunds.askByTransfer(tx, refund, typed.bankAccount(), actor(call)))
                : list(call, typed, errors).withStatus(400);
    }

    /** What goes back by the provider goes at once, or at the next turn of the job. */
    private Reply approve(Call call) {
        Reply reply = act(call, (tx, refund) -> refunds.approve(tx, refund, actor(call)));
        refunds.payByProvider();
        return reply;
    }

    private Reply giveBack(Call call) {
        return act(call, (tx, refund) -> refunds.giveBack(tx, refund, actor(call)));
    }

    private Reply transfers(Call call) {
        List<String> services =
                desk.services(call).stream().map(Creditor::service).toList();
        return database.inTransaction(tx -> refunds.transfers(tx, services, actor(call)))
                .map(file -> Reply.bytes("application/octet-stream", file).download("transfers.txt"))
                .orElseGet(() -> desk.open(call) ? Reply.seeOther(PATH) : Reply.notFound());
    }

    /** What is not of the reader's services is as if it were not there. */
    private Reply act(Call call, BiConsumer<Handle, Refund> deed) {
        Optional<Long> id = call.number("id");
        boolean there = database.holds(tx -> id.flatMap(number -> refunds.locked(tx, number))
                .filter(refund -> desk.handles(call, refund.service()))
                .map(refund -> {
                    deed.accept(tx, refund);
                    return true;
                })
                .orElse(false));
        return there ? Reply.seeOther(PATH + "#refund-" + id.get()) : Reply.notFound();
    }

    private static String actor(Call call) {
        return call.caller().actor();
    }
}
