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
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** Where residents ask for what they have paid too much: their own only, since it goes to an account that they name. */
final class RefundWishPages {
    private static final String PATH = "/payments/refunds";
    private static final int MOST = 100;

    private final Database database;
    private final Html html;
    private final Credits credits;
    private final Refunds refunds;

    RefundWishPages(Database database, Html html, Credits credits, Refunds refunds) {
        this.database = database;
        this.html = html;
        this.credits = credits;
        this.refunds = refunds;
    }

    void routes(Routes routes) {
        routes.get(PATH, Role.RESIDENT, call -> show(call, BankForm.EMPTY, List.of()))
                .post(PATH, Role.RESIDENT, this::ask)
                .post("/payments/refunds/{refund}/keep", Role.RESIDENT, this::keep);
    }

    private List<Refund> refunds(Handle tx, Call call) {
        return refunds.ofParty(tx, call.person().id(), MOST);
    }

    private List<Credit> credits(Handle tx, Call call) {
        return credits.of(tx, List.of(call.person().id()));
    }

    private static boolean waits(Refund refund) {
        return refund.state() == RefundState.OPEN && !refund.byProvider();
    }

    private Reply show(Call call, BankForm typed, List<FieldError> errors) {
        RefundWish wish = database.inTransaction(tx -> {
            List<Refund> all = refunds(tx, call);
            return new RefundWish(
                    credits(tx, call),
                    all.stream().filter(RefundWishPages::waits).toList(),
                    all.stream().filter(refund -> !waits(refund)).toList(),
                    refunds.byTransfer(),
                    typed,
                    errors);
        });
        return Reply.html(html.render("city/hamana/capability/payments/refund-wish", call.page(), wish));
    }

    /** All there is goes to the one account, once somebody at the city has approved it. */
    private Reply ask(Call call) {
        BankForm typed = BankForm.of(call);
        List<FieldError> errors = typed.errors();
        if (!refunds.byTransfer() || !errors.isEmpty()) {
            return show(call, typed, errors).withStatus(refunds.byTransfer() ? 400 : 404);
        }
        String actor = call.caller().actor();
        database.inTransaction(tx -> {
            for (Credit credit : credits(tx, call)) {
                OptionalLong freed = credits.refund(tx, credit.service(), credit.account(), actor);
                freed.ifPresent(id -> ask(tx, id, typed.bankAccount(), actor));
            }
            refunds(tx, call).stream()
                    .filter(RefundWishPages::waits)
                    .forEach(refund -> ask(tx, refund.id(), typed.bankAccount(), actor));
            return typed;
        });
        return Reply.seeOther(PATH);
    }

    private void ask(Handle tx, long id, BankAccount to, String actor) {
        refunds.locked(tx, id)
                .filter(RefundWishPages::waits)
                .ifPresent(refund -> refunds.askByTransfer(tx, refund, to, actor));
    }

    /** Rather onto the next bill, as long as nobody has approved it. */
    private Reply keep(Call call) {
        String actor = call.caller().actor();
        return database.inTransaction(tx -> {
            Optional<Refund> mine = call.number("refund")
                    .filter(id -> refunds(tx, call).stream().anyMatch(refund -> refund.id() == id))
                    .flatMap(id -> refunds.locked(tx, id));
            mine.filter(refund -> refund.state() == RefundState.ASKED && !refund.byProvider())
                    .ifPresent(refund -> {
                        refunds.giveBack(tx, refund, actor);
                        refunds.askAsCredit(tx, refunds.locked(tx, refund.id()).orElseThrow(), actor);
                    });
            return mine.isPresent() ? Reply.seeOther(PATH) : Reply.notFound();
        });
    }
}
