package city.hamana.capability.payments;

import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Which customers have something to their credit, and since when. */
final class CreditPages {
    private final Database database;
    private final Html html;
    private final Desk desk;
    private final Credits credits;

    CreditPages(Database database, Html html, Desk desk, Credits credits) {
        this.database = database;
        this.html = html;
        this.desk = desk;
        this.credits = credits;
    }

    void routes(Routes routes) {
        routes.get("/staff/payments/credits", Role.STAFF, this::list)
                .get("/staff/payments/credits.csv", Role.STAFF, this::csv)
                .post("/staff/payments/credits", Role.STAFF, this::refund);
    }

    private List<Credit> mine(Call call) {
        List<String> services =
                desk.services(call).stream().map(Creditor::service).toList();
        return database.inTransaction(tx -> credits.list(tx, services));
    }

    private Reply list(Call call) {
        if (!desk.open(call)) {
            return Reply.notFound();
        }
        CreditBoard board = new CreditBoard(
                mine(call),
                desk.services(call).stream().collect(Collectors.toMap(Creditor::service, Function.identity())));
        return Reply.html(html.render("city/hamana/capability/payments/credits", call.page(), board));
    }

    private Reply csv(Call call) {
        if (!desk.open(call)) {
            return Reply.notFound();
        }
        StringBuilder text = new StringBuilder("\uFEFF");
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord("service", "account", "yen", "since", "days");
            for (Credit credit : mine(call)) {
                String since = credit.since().map(Instant::toString).orElse("");
                csv.printRecord(credit.service(), credit.account(), credit.yen(), since, credit.days(call.now()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Reply.text("text/csv", text.toString()).download("credits.csv");
    }

    private Reply refund(Call call) {
        String service = call.field("service");
        if (!desk.handles(call, service)) {
            return Reply.notFound();
        }
        OptionalLong refund = database.inTransaction(tx ->
                credits.refund(tx, service, call.field("account"), call.caller().actor()));
        return Reply.seeOther(
                refund.isPresent()
                        ? "/staff/payments/refunds#refund-" + refund.getAsLong()
                        : "/staff/payments/credits");
    }
}
