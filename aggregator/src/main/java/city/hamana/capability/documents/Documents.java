package city.hamana.capability.documents;

import city.hamana.link.DeviceIdentity;
import city.hamana.messages.Dsse;
import city.hamana.platform.access.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Door;
import city.hamana.platform.html.Html;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
import city.hamana.platform.text.Era;
import city.hamana.platform.text.FiscalYear;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The city's documents. */
public final class Documents implements ServiceModule {
    private static final int LONGEST_UPLOAD_BYTES = 17 << 20;
    private static final int LONGEST_REASON = 500;
    private static final int CODE_LETTERS = 20;

    /** Without letters that are taken for others (Crockford's base 32): five bits each, 100 in all. */
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Events events;
    private final DeviceIdentity identity;
    private final URI address;
    private final List<Path> moreFonts;
    private final Clock clock;
    private final Store store;
    private final DocumentPages pages;

    /**
     * @param identity whose key seals
     * @param address of the verification page, as people reach it
     * @param moreFonts TrueType files asked for letters that the city's own font lacks
     * @param clock the city's
     */
    public Documents(
            Database database,
            Events events,
            Html html,
            DeviceIdentity identity,
            URI address,
            List<Path> moreFonts,
            Clock clock) {
        this.events = events;
        this.identity = identity;
        this.address = address;
        this.moreFonts = List.copyOf(moreFonts);
        this.clock = clock;
        this.store = new Store(database.dialect());
        this.pages = new DocumentPages(this, database, html);
    }

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/verify", Role.ANYONE, pages::ask)
                .get("/verify/{code}", Role.ANYONE, pages::verify)
                .upload("/verify/{code}", Role.ANYONE, LONGEST_UPLOAD_BYTES, pages::compare)
                .get("/staff/documents", Role.STAFF, pages::list)
                .get("/staff/documents.csv", Role.STAFF, pages::csv)
                .post("/staff/documents/{number}/revoke", Role.STAFF, pages::revoke);
    }

    @Override
    public List<Door> doors() {
        return List.of(
                new Door("/verify", "documents.verify", Role.ANYONE, Door.Group.SERVICES),
                new Door("/staff/documents", "documents.door", Role.STAFF, Door.Group.WORK));
    }

    /**
     * Numbers a document, makes and seals its file, keeps it and tells of it, in the caller's transaction. Making the
     * file takes some tenths of a second; the series waits as long.
     *
     * @throws PdfException if the file cannot be made
     */
    public Issued issue(Handle tx, Draft draft) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.now(clock);
        int year = FiscalYear.of(today).year();
        String number = draft.series() + "-" + year + "-" + store.next(tx, draft.series(), year);
        String code = code();
        byte[] pdf = sealed(draft.title(), parts(draft, number, today), List.of(verification(number, code)));
        Issued issued = new Issued(
                number,
                code,
                draft.title(),
                draft.about(),
                draft.issuer(),
                now,
                draft.retention(),
                draft.retention().until(today),
                Optional.empty(),
                sha256(pdf));
        store.add(tx, issued, pdf);
        Map<String, Object> detail = Map.of("number", number, "sha256", issued.sha256());
        events.append(tx, new Event(now, "documents.issued", "system", draft.about(), detail));
        return issued;
    }

    /** A form or report that takes no number, sealed all the same. */
    public byte[] sealed(String title, List<Part> parts) {
        return sealed(title, parts, List.of());
    }

    /** The file of a document; who may have it is for the caller to know. */
    public Optional<byte[]> pdf(Handle tx, String number) {
        return store.pdf(tx, number);
    }

    public Optional<Issued> issued(Handle tx, String number) {
        return store.byNumber(tx, number);
    }

    /** What was issued about something, the oldest first, at most 200. */
    public List<Issued> about(Handle tx, String about) {
        return store.about(tx, about);
    }

    /**
     * Takes a document back; whoever verifies it reads so.
     *
     * @param reason at most 500 characters
     * @return whether it held until now
     */
    public boolean revoke(Handle tx, String number, String reason, String actor) {
        String cut = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        boolean done = !cut.isBlank() && store.revoke(tx, number, cut);
        if (done) {
            events.append(
                    tx,
                    new Event(
                            clock.instant(), "documents.revoked", actor, "document:" + number, Map.of("reason", cut)));
        }
        return done;
    }

    Store store() {
        return store;
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Dsse.sha256(bytes));
    }

    private byte[] sealed(String title, List<Part> parts, List<Paper.Verification> verification) {
        byte[] open = Paper.of(title, parts, verification, moreFonts);
        return PdfSeal.sign(open, identity, clock.instant(), clock.getZone());
    }

    private static List<Part> parts(Draft draft, String number, LocalDate today) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Right("第 " + number + " 号"));
        parts.add(new Part.Right(Era.of(today)));
        if (!draft.addressee().isEmpty()) {
            parts.add(new Part.Text(draft.addressee() + " 様"));
        }
        parts.addAll(draft.parts());
        return parts;
    }

    /** Japanese, as the document is; what follows it in other languages stands on the page. */
    private Paper.Verification verification(String number, String code) {
        String grouped = code.replaceAll("(.{5})(?=.)", "$1-");
        return new Paper.Verification(
                address.resolve("/verify/" + code).toString(),
                List.of(
                        "この文書が本物であることは、右の二次元コードまたは次のアドレスで確かめられます。",
                        address.resolve("/verify").toString(),
                        "確認コード: " + grouped,
                        "文書番号: " + number));
    }

    private static String code() {
        StringBuilder code = new StringBuilder();
        RANDOM.ints(CODE_LETTERS, 0, LETTERS.length()).forEach(i -> code.append(LETTERS.charAt(i)));
        return code.toString();
    }
}
