package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.oned.Code128Reader;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A slip as it leaves the printer, read by a reader of bar codes that is not ours. */
class SlipTest {
    private static final int DPI = 300;

    private static City city;
    private static Guest hanako;
    private static String party;

    @BeforeAll
    static void open() {
        city = TestCity.open();
        PaymentsVisit.places(city);
        hanako = Guest.signedIn(city, "hanako");
        party = TestCity.party(city, "hanako");
    }

    @AfterAll
    static void close() {
        city.close();
    }

    private static byte[] slip(long yen, String once) {
        return hanako.bytes("/payments/" + PaymentsVisit.charge(city, party, yen, once) + "/slip.pdf");
    }

    @Test
    void theBarsSayWhatTheLawOfStoresAsksFor() throws Exception {
        long bill = PaymentsVisit.charge(city, party, 6_600, "bars");
        byte[] pdf = hanako.bytes("/payments/" + bill + "/slip.pdf");
        keep(pdf);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            String bars = bars(document, 0);
            assertEquals("]C191912345%015d00000001701250006600".formatted(bill), bars.substring(0, 46));
            assertEquals(47, bars.length());
            String text = new PDFTextStripper().getText(document);
            assertTrue(text.contains("(91)912345-"), text);
            assertTrue(text.contains("6,600円"));
            assertTrue(text.contains("領収証書"));
        }
    }

    @Test
    void theSquaresHoldTheNumbersOfElQr() throws Exception {
        try (PDDocument document = Loader.loadPDF(slip(3_300, "squares"))) {
            BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, DPI);
            BinaryBitmap middle = bitmap(page.getSubimage(
                    page.getWidth() / 3, page.getHeight() * 3 / 4, page.getWidth() / 3, page.getHeight() / 4));
            String digits = new QRCodeReader()
                    .decode(middle, Map.of(DecodeHintType.TRY_HARDER, true))
                    .getText();
            assertTrue(digits.matches("222216\\d{41}"), digits);
            assertTrue(digits.endsWith("000000330020170125"), digits);
        }
    }

    @Test
    void aSlipForMoreThanAStoreTakesHasNoBars() throws Exception {
        try (PDDocument document = Loader.loadPDF(slip(300_001, "much"))) {
            String text = new PDFTextStripper().getText(document);
            assertFalse(text.contains("(91)"), text);
            assertTrue(text.contains("お取り扱いできません"));
        }
    }

    /** As the printer gets them: every page is read back, its words and its bars. */
    @Test
    void aBatchHasOnePageForEachBillAndItsBarsNameThatBill() throws Exception {
        String jiro = TestCity.party(city, "jiro");
        List<Long> bills = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> PaymentsVisit.charge(city, jiro, 1_000L * i, "batch" + i))
                .toList();
        Guest suzuki = Guest.signedIn(city, "suzuki");
        byte[] pdf = suzuki.bytes("/staff/payments/slips.pdf?service=samples&after=" + (bills.getFirst() - 1));
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertEquals(bills.size(), document.getNumberOfPages());
            for (int i = 0; i < bills.size(); i++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(i + 1);
                stripper.setEndPage(i + 1);
                String text = stripper.getText(document);
                assertTrue(text.contains("No. " + bills.get(i)), text);
                assertTrue(text.contains("%,d円".formatted(1_000 * (i + 1))), text);
                assertTrue(text.contains("袴田 花子 様") && text.contains("領収済通知書"), text);
                assertEquals(
                        "]C191912345%015d0000000170125%07d".formatted(bills.get(i), 1_000 * (i + 1)),
                        bars(document, i).substring(0, 46));
            }
        }
    }

    private static String bars(PDDocument document, int number) throws Exception {
        BufferedImage page = new PDFRenderer(document).renderImageWithDPI(number, DPI);
        BinaryBitmap right = bitmap(page.getSubimage(
                page.getWidth() * 2 / 3, page.getHeight() * 4 / 5, page.getWidth() / 3, page.getHeight() / 5));
        return new Code128Reader()
                .decode(
                        right,
                        Map.of(
                                DecodeHintType.ASSUME_GS1,
                                true,
                                DecodeHintType.TRY_HARDER,
                                true,
                                DecodeHintType.POSSIBLE_FORMATS,
                                Set.of(BarcodeFormat.CODE_128)))
                .getText();
    }

    @Test
    void aPaidBillHasNoSlip() {
        long paid = city.database()
                .inTransaction(tx -> tx.createQuery("SELECT MAX(id) FROM payments_charge WHERE state = 'paid'")
                        .mapTo(Long.class)
                        .one());
        assertEquals(404, hanako.get("/payments/" + paid + "/slip.pdf").status());
    }

    private static BinaryBitmap bitmap(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return new BinaryBitmap(
                new HybridBinarizer(new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels)));
    }

    /** With HAMANA_PICTURES set, to be looked at. */
    private static void keep(byte[] pdf) throws IOException {
        if (Chromium.PICTURES != null) {
            Files.write(Path.of(Chromium.PICTURES, "slip.pdf"), pdf);
        }
    }
}
