package city.hamana.capability.documents;

import city.hamana.platform.access.Rank;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Call;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Reply;
import city.hamana.platform.http.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The page on which anybody verifies a document, and the staff's list. */
final class DocumentPages {
    private static final String HERE = "city/hamana/capability/documents/";
    private static final int PAGE = 50;
    private static final int LAST_PAGE = 2_000;
    private static final int MOST_IN_CSV = 10_000;
    private static final int LONGEST_TEXT = 60;

    private final Documents documents;
    private final Database database;
    private final Html html;

    DocumentPages(Documents documents, Database database, Html html) {
        this.documents = documents;
        this.database = database;
        this.html = html;
    }

    /** Asks for the code; with one in the query goes to its page. */
    Reply ask(Call call) {
        String code = plain(call.query("code").orElse(""));
        if (!code.isEmpty() && find(code).isPresent()) {
            return Reply.seeOther("/verify/" + code);
        }
        Reply page = Reply.html(
                html.render(HERE + "ask", call.page(), call.query("code").orElse("")));
        return code.isEmpty() ? page : page.withStatus(404);
    }

    Reply verify(Call call) {
        return find(plain(call.part("code")))
                .map(issued -> page(call, issued, Optional.empty()))
                .orElseGet(() -> Reply.html(html.render(HERE + "ask", call.page(), call.part("code")))
                        .withStatus(404));
    }

    /** Compares a file with the one that was issued; it is not kept. */
    Reply compare(Call call) {
        Optional<Issued> issued = find(plain(call.part("code")));
        List<Upload> files = call.form().uploads("file");
        if (issued.isEmpty()) {
            return Reply.notFound();
        }
        return files.isEmpty()
                ? page(call, issued.get(), Optional.empty())
                : page(
                        call,
                        issued.get(),
                        Optional.of(Documents.sha256(files.getFirst().bytes())
                                .equals(issued.get().sha256())));
    }

    Reply list(Call call) {
        return listPage(call, "");
    }

    Reply csv(Call call) {
        StringBuilder text = new StringBuilder("\uFEFF");
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord("number", "title", "about", "issued", "retention_years", "kept_until", "revoked", "sha256");
            for (Issued issued : found(call, 0, MOST_IN_CSV)) {
                csv.printRecord(
                        issued.number(),
                        issued.title(),
                        issued.about(),
                        issued.at(),
                        issued.retention().years(),
                        issued.until().map(Object::toString).orElse(""),
                        issued.revoked().orElse(""),
                        issued.sha256());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Reply.text("text/csv", text.toString()).download("documents.csv");
    }

    /** A manager of the issuing division takes a document back, with a reason. */
    Reply revoke(Call call) {
        String number = call.part("number");
        Optional<Issued> issued = database.inTransaction(tx -> documents.issued(tx, number));
        if (issued.isEmpty() || !sees(call, issued.get())) {
            return Reply.notFound();
        }
        boolean manager = call.person()
                .post()
                .map(post -> post.rank().atLeast(Rank.MANAGER))
                .orElse(false);
        if (!manager) {
            return Reply.problem(403, "A manager of the issuing division takes documents back.");
        }
        if (call.field("reason").isEmpty()) {
            return listPage(call, "documents.reason-missing").withStatus(400);
        }
        boolean done = database.inTransaction(tx ->
                documents.revoke(tx, number, call.field("reason"), call.caller().actor()));
        return done
                ? Reply.seeOther("/staff/documents?q=" + number)
                : Reply.problem(409, "The document was taken back before.");
    }

    private Reply listPage(Call call, String wrong) {
        int page = call.query("page")
                .filter(p -> p.matches("\\d{1,4}"))
                .map(Integer::parseInt)
                .filter(p -> p <= LAST_PAGE)
                .orElse(0);
        List<Issued> found = found(call, page * PAGE, PAGE + 1);
        DocumentList list = new DocumentList(
                found.subList(0, Math.min(PAGE, found.size())),
                text(call),
                over(call),
                page,
                found.size() > PAGE,
                "q=" + URLEncoder.encode(text(call), StandardCharsets.UTF_8) + (over(call) ? "&over=yes" : ""),
                wrong);
        return Reply.html(html.render(HERE + "list", call.page(), list));
    }

    /** Staff see what their own division issued; who looks after the house, or over it, sees all. */
    private List<Issued> found(Call call, int from, int most) {
        Caller.Person person = call.person();
        String issuer = seesAll(person)
                ? ""
                : person.post().map(post -> post.department()).orElse("-");
        long until = over(call) ? documents.today().toEpochDay() - 1 : Long.MAX_VALUE;
        return database.inTransaction(tx -> documents.store().list(tx, issuer, text(call), until, from, most));
    }

    private static boolean sees(Call call, Issued issued) {
        return seesAll(call.person()) || call.person().worksIn(issued.issuer());
    }

    private static boolean seesAll(Caller.Person person) {
        return person.roles().contains(Role.ADMIN) || person.roles().contains(Role.AUDITOR);
    }

    private static String text(Call call) {
        String text = call.query("q").orElse("");
        return text.substring(0, Math.min(LONGEST_TEXT, text.length()));
    }

    private static boolean over(Call call) {
        return call.query("over").isPresent();
    }

    private Optional<Issued> find(String code) {
        return code.isEmpty()
                ? Optional.empty()
                : database.inTransaction(tx -> documents.store().byCode(tx, code));
    }

    private Reply page(Call call, Issued issued, Optional<Boolean> same) {
        return Reply.html(html.render(HERE + "verified", call.page(), new Verified(issued, issued.issuer(), same)));
    }

    /** As typed from paper: with dashes or without, small letters, O for 0, I and L for 1. */
    private static String plain(String typed) {
        String code = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replaceAll("[IL]", "1");
        return code.matches("[0-9A-Z]{20}") ? code : "";
    }
}
