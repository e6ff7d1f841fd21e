package city.hamana.capability.payments;

import city.hamana.capability.people.People;
import city.hamana.capability.people.Purpose;
import city.hamana.platform.db.Database;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Slips to be mailed, 200 in a file; every name that comes to be read so leaves its trace. */
final class SlipPrints {
    private static final int MOST = 200;

    private final Database database;
    private final People people;
    private final Desk desk;
    private final Till till;
    private final Slips slips;
    private final UnaryOperator<String> offices;

    SlipPrints(Database database, People people, Desk desk, Till till, Slips slips, UnaryOperator<String> offices) {
        this.database = database;
        this.people = people;
        this.desk = desk;
        this.till = till;
        this.slips = slips;
        this.offices = offices;
    }

    /** Those of a service behind a bill's number; the file's name says with which it ends. */
    Reply print(Call call) {
        List<Creditor> services = desk.services(call);
        String asked = call.query("service").orElse("");
        long after = call.query("after")
                .filter(n -> n.matches("\\d{1,15}"))
                .map(Long::valueOf)
                .orElse(0L);
        return services.stream()
                .filter(c -> asked.isEmpty() || c.service().equals(asked))
                .findFirst()
                .filter(c -> slips.offered())
                .map(creditor -> print(call, creditor, after))
                .orElseGet(Reply::notFound);
    }

    private Reply print(Call call, Creditor creditor, long after) {
        record Printed(byte[] pdf, String name) {}
        Printed printed = database.inTransaction(tx -> {
            List<ChargeState> charges = till.store().forSlips(tx, creditor.service(), after, MOST);
            if (charges.isEmpty()) {
                return new Printed(new byte[0], "");
            }
            byte[] pdf = slips.pdf(tx, charges, offices.apply(creditor.division()));
            charges.forEach(charge -> trace(tx, call, charge));
            return new Printed(
                    pdf,
                    "slips-" + charges.getFirst().id() + "-" + charges.getLast().id() + ".pdf");
        });
        return printed.pdf.length == 0
                ? Reply.notFound()
                : Reply.bytes("application/pdf", printed.pdf).download(printed.name);
    }

    private void trace(Handle tx, Call call, ChargeState charge) {
        if (!charge.charge().party().isEmpty()) {
            Purpose purpose = new Purpose("payments.slip", Charging.sub(charge.id()));
            people.read(tx, call.caller(), charge.charge().party(), purpose);
        }
    }
}
