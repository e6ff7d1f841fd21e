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
import city.hamana.platform.http.Upload;
import city.hamana.sensing.vee.Vee;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** The waterworks' pages of contracts: looking one up, taking the file of their own system in, ending one. */
final class ContractPages {
    private static final String HERE = "city/hamana/service/water/";
    private static final int MOST_FOUND = 100;
    private static final int MOST_BILLS = 60;
    private static final int BATCH = 1_000;
    private static final int LONGEST_ASKED = 60;

    private final Database database;
    private final Events events;
    private final Html html;
    private final InstantSource real;
    private final Vee vee;
    private final Accounts accounts;
    private final Contracts contracts;
    private final Billing billing;

    ContractPages(
            Database database,
            Events events,
            Html html,
            InstantSource real,
            Vee vee,
            Accounts accounts,
            Contracts contracts,
            Billing billing) {
        this.database = database;
        this.events = events;
        this.html = html;
        this.real = real;
        this.vee = vee;
        this.accounts = accounts;
        this.contracts = contracts;
        this.billing = billing;
    }

    void routes(Routes routes) {
        routes.get("/staff/water/contracts", Role.STAFF, this::list)
                .upload("/staff/water/contracts", Role.STAFF, ContractFile.LONGEST, this::take)
                .get("/staff/water/contracts/{number}", Role.STAFF, this::show)
                .post("/staff/water/contracts/{number}/scheme", Role.STAFF, this::scheme)
                .post("/staff/water/contracts/{number}/end", Role.STAFF, this::end);
    }

    private Reply list(Call call) {
        return BillPages.ofTheWaterworks(call) ? page(call, List.of(), -1, 200) : BillPages.refused();
    }

    private Reply page(Call call, List<FileSlip> slips, int taken, int status) {
        String asked = call.query("q").orElse("").strip();
        String text = asked.substring(0, Math.min(LONGEST_ASKED, asked.length()));
        ContractList it = database.inTransaction(tx -> {
            List<Contract> found = text.isEmpty() ? List.of() : contracts.search(tx, text, MOST_FOUND);
            if (!found.isEmpty()) {
                tell(tx, call, "water.contracts-searched", "contracts", Map.of("found", found.size(), "why", "work"));
            }
            return new ContractList(text, found, contracts.count(tx), slips, taken);
        });
        return Reply.html(html.render(HERE + "contracts", call.page(), it)).withStatus(status);
    }

    /** Adds what the file has and the city has not; whatever is wrong is told line by line, and then nothing is added. */
    private Reply take(Call call) {
        if (!BillPages.ofTheWaterworks(call)) {
            return BillPages.refused();
        }
        Optional<Upload> upload = call.form().uploads("file").stream().findFirst();
        ContractFile.Content content = upload.map(
                        file -> ContractFile.read(new String(file.bytes(), StandardCharsets.UTF_8)))
                .orElseGet(() -> new ContractFile.Content(List.of(), List.of(new FileSlip(0, "none", ""))));
        if (!content.slips().isEmpty()) {
            return page(call, content.slips(), -1, 400);
        }
        int taken = database.inTransaction(tx -> {
            List<Contract> fresh = content.contracts().stream()
                    .filter(contract ->
                            contracts.numbered(tx, contract.number()).isEmpty())
                    .toList();
            for (int i = 0; i < fresh.size(); i += BATCH) {
                contracts.add(tx, fresh.subList(i, Math.min(fresh.size(), i + BATCH)));
            }
            fresh.forEach(contract -> describe(tx, call, contract));
            if (!fresh.isEmpty()) {
                tell(tx, call, "water.contracts-taken", "contracts", Map.of("contracts", fresh.size()));
            }
            return fresh.size();
        });
        return page(call, List.of(), taken, 200);
    }

    private Reply show(Call call) {
        return show(call, List.of());
    }

    private Reply show(Call call, List<FieldError> errors) {
        if (!BillPages.ofTheWaterworks(call)) {
            return BillPages.refused();
        }
        Optional<ContractView> it = database.inTransaction(tx -> contracts
                .numbered(tx, call.part("number"))
                .map(contract -> {
                    tell(tx, call, "water.contract-read", contract.subject(), Map.of("why", "work"));
                    LocalDate today = billing.today();
                    return new ContractView(
                            contract,
                            contracts.plan(tx, contract.number(), today),
                            contracts.plan(tx, contract.number(), contract.nextClosing(today)),
                            billing.bills().standing(tx, contract.number(), MOST_BILLS),
                            today,
                            errors);
                }));
        return it.map(view -> Reply.html(html.render(HERE + "contract", call.page(), view))
                        .withStatus(errors.isEmpty() ? 200 : 400))
                .orElseGet(Reply::notFound);
    }

    /** Grants a reduction, or ends it. */
    private Reply scheme(Call call) {
        String wished = call.field("scheme");
        return changed(
                call,
                ContractFile.SCHEMES.contains(wished),
                "water.scheme-granted",
                (tx, contract) -> contracts.scheme(tx, contract, wished));
    }

    /** Ends supply with a day, or lets it go on. */
    private Reply end(Call call) {
        String text = call.field("until");
        Optional<LocalDate> until = MyBills.day(text);
        boolean good = text.isEmpty()
                || database.holds(tx -> contracts
                        .numbered(tx, call.part("number"))
                        .flatMap(contract -> until.filter(contract.from()::isBefore))
                        .isPresent());
        return good
                ? changed(call, true, "water.supply-ended", (tx, contract) -> contracts.end(tx, contract, until))
                : show(call, List.of(FieldError.of("until", "water.contract.wrong-until")));
    }

    private Reply changed(Call call, boolean valid, String kind, BiConsumer<Handle, Contract> change) {
        if (!BillPages.ofTheWaterworks(call)) {
            return BillPages.refused();
        }
        String number = call.part("number");
        boolean done = valid
                && database.holds(tx -> contracts
                        .numbered(tx, number)
                        .map(contract -> {
                            change.accept(tx, contract);
                            Contract now = contracts.numbered(tx, number).orElseThrow();
                            describe(tx, call, now);
                            Map<String, String> detail = Map.of(
                                    "scheme",
                                    now.scheme(),
                                    "until",
                                    now.until().map(LocalDate::toString).orElse(""));
                            tell(tx, call, kind, contract.subject(), detail);
                            return now;
                        })
                        .isPresent());
        return done ? Reply.seeOther("/staff/water/contracts/" + number) : Reply.notFound();
    }

    private void describe(Handle tx, Call call, Contract contract) {
        String meter = accounts.numbered(tx, contract.account()).current().meter();
        vee.describe(tx, contract.facts(meter, call.page().zone()));
    }

    private void tell(Handle tx, Call call, String kind, String subject, Map<String, ?> detail) {
        events.append(tx, new Event(real.instant(), kind, call.caller().actor(), subject, detail));
    }
}
