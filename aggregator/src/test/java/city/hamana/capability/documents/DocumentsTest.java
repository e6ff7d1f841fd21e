package city.hamana.capability.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Role;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Events;
import city.hamana.platform.html.Html;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.verapdf.core.EncryptedPdfException;
import org.verapdf.core.ModelParsingException;
import org.verapdf.core.ValidationException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

class DocumentsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final DeviceIdentity HALL =
            CertificateAuthority.root("Testville", NOW).identity("hall", Role.AGGREGATOR, List.of("localhost"), NOW);

    private Database database;
    private Events events;
    private Documents documents;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:derby:memory:documents" + NUMBER.incrementAndGet() + ";create=true");
        events = new Events(database);
        Clock clock = Clock.fixed(NOW, ZoneId.of("Asia/Tokyo"));
        documents =
                new Documents(database, events, new Html(), HALL, URI.create("https://city.example"), List.of(), clock);
        database.migrate(List.of(Events.SCHEMA, documents.schema()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void numbersRunWithoutAGapWhoeverAsksAtOnceAndWhateverFails() throws InterruptedException, ExecutionException {
        List<String> numbers = new ArrayList<>();
        try (ExecutorService many = Executors.newFixedThreadPool(4)) {
            List<Future<String>> asked = IntStream.range(0, 12)
                    .mapToObj(i -> many.submit(() -> numbered(i % 3 == 0)))
                    .toList();
            for (Future<String> number : asked) {
                numbers.add(number.get());
            }
        }
        List<String> given = numbers.stream().filter(n -> !n.isEmpty()).sorted().toList();
        assertEquals(
                IntStream.rangeClosed(1, 8).mapToObj(i -> "cases-2026-" + i).toList(), given);
    }

    @Test
    void theFileIsForArchivesAndHoldsItsWords() throws Exception {
        Issued issued = issue(draft("𠮷野家 葛󠄀城 﨑 様のための決定"));
        byte[] pdf = pdf(issued);
        ValidationResult result = validated(pdf);
        List<String> broken = result.getTestAssertions().stream()
                .filter(assertion -> assertion.getStatus() == TestAssertion.Status.FAILED)
                .map(assertion -> assertion.getRuleId().getClause() + " " + assertion.getMessage())
                .distinct()
                .toList();
        assertEquals(List.of(), broken);
        assertTrue(result.isCompliant());
        String text = text(pdf);
        assertTrue(text.contains("第 cases-2026-1 号"), text);
        assertTrue(text.contains("令和8年11月22日"));
        assertTrue(text.contains("手数料"));
        assertTrue(text.contains("300円"));
    }

    @Test
    void aLetterThatNoFontHasIsNamedAndAVariantToo() throws IOException {
        byte[] pdf = pdf(issue(draft("葛󠄀城 🚱")));
        String text = text(pdf);
        assertTrue(text.contains("葛城 〓"), text);
        assertTrue(text.contains("U+1F6B1"));
        assertTrue(text.contains("U+E0100"));
    }

    @Test
    void theSquaresLeadToTheVerificationPage() throws IOException, NotFoundException {
        Issued issued = issue(draft("決定"));
        try (PDDocument document = Loader.loadPDF(pdf(issued))) {
            BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, 150);
            int[] pixels = page.getRGB(0, 0, page.getWidth(), page.getHeight(), null, 0, page.getWidth());
            String read = new MultiFormatReader()
                    .decode(new BinaryBitmap(
                            new HybridBinarizer(new RGBLuminanceSource(page.getWidth(), page.getHeight(), pixels))))
                    .getText();
            assertEquals("https://city.example/verify/" + issued.code(), read);
        }
    }

    @Test
    void whatIsKeptIsWhatWasIssuedAndItsTimeCountsFromTheNextFiscalYear() {
        Issued issued = issue(draft("決定"));
        assertEquals(issued.sha256(), Documents.sha256(pdf(issued)));
        assertEquals(Optional.of(LocalDate.of(2032, 3, 31)), issued.until());
        assertEquals(Optional.of(LocalDate.of(2027, 3, 31)), Retention.ONE_YEAR.until(LocalDate.of(2026, 3, 31)));
        assertEquals(Optional.of(LocalDate.of(2028, 3, 31)), Retention.ONE_YEAR.until(LocalDate.of(2026, 4, 1)));
        assertEquals(Optional.empty(), Retention.FOR_EVER.until(LocalDate.of(2026, 4, 1)));
        assertEquals(List.of(issued), database.inTransaction(tx -> documents.about(tx, "case:2026-000001")));
        assertEquals(
                "documents.issued",
                database.inTransaction(tx -> events.about(tx, "case:2026-000001", 1))
                        .getFirst()
                        .kind());
    }

    @Test
    void aDocumentIsTakenBackOnceAndWithAReason() {
        Issued issued = issue(draft("決定"));
        assertFalse(revoked(issued, " "));
        assertTrue(revoked(issued, "金額の誤り"));
        assertFalse(revoked(issued, "もう一度"));
        Issued now = database.inTransaction(tx -> documents.issued(tx, issued.number()))
                .orElseThrow();
        assertEquals(Optional.of("金額の誤り"), now.revoked());
    }

    @Test
    void theListFindsByTextIssuerAndTime() {
        issue(draft("100%の決定"));
        issue(draft("べつの文書"));
        assertEquals(1, listed("suido", "0%の").size());
        assertEquals(2, listed("", "").size());
        assertEquals(0, listed("doboku", "").size());
        long tomorrow = LocalDate.of(2032, 3, 31).toEpochDay();
        assertEquals(
                2,
                database.inTransaction(tx -> documents.store().list(tx, "", "", tomorrow, 0, 9))
                        .size());
        assertEquals(
                0,
                database.inTransaction(tx -> documents.store().list(tx, "", "", tomorrow - 1, 0, 9))
                        .size());
    }

    private List<Issued> listed(String issuer, String text) {
        return database.inTransaction(tx -> documents.store().list(tx, issuer, text, Long.MAX_VALUE, 0, 9));
    }

    private boolean revoked(Issued issued, String reason) {
        return database.inTransaction(tx -> documents.revoke(tx, issued.number(), reason, "person:1"));
    }

    /** A story that fails after it has its number must not leave a hole. */
    private String numbered(boolean fails) {
        try {
            return database.inTransaction(tx -> {
                String number = documents.issue(tx, draft("決定")).number();
                if (fails) {
                    throw new IllegalStateException("the story failed");
                }
                return number;
            });
        } catch (IllegalStateException e) {
            return "";
        }
    }

    private static Draft draft(String title) {
        List<Part> parts = List.of(
                new Part.Heading("決定"),
                new Part.Text("次のとおり決定したので通知します。\n一 住民票の写し"),
                new Part.Facts(List.of(new Part.Fact("手数料", "300円"))),
                new Part.Table(List.of("日", "内容"), List.of(List.of("1", "申請"), List.of("2", "審査")), List.of()),
                new Part.Blank("署名", 2),
                new Part.Space(),
                new Part.Small("この決定に不服があるときは、審査請求をすることができます。"));
        return new Draft("cases", title, parts, Retention.FIVE_YEARS, "case:2026-000001", "suido", "湖西 花子");
    }

    private Issued issue(Draft draft) {
        return database.inTransaction(tx -> documents.issue(tx, draft));
    }

    private byte[] pdf(Issued issued) {
        return database.inTransaction(tx -> documents.pdf(tx, issued.number())).orElseThrow();
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static ValidationResult validated(byte[] pdf)
            throws IOException, ModelParsingException, EncryptedPdfException, ValidationException {
        VeraGreenfieldFoundryProvider.initialise();
        try (PDFAParser parser =
                Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFA_2_B)) {
            return Foundries.defaultInstance()
                    .createValidator(PDFAFlavour.PDFA_2_B, false)
                    .validate(parser);
        }
    }
}
