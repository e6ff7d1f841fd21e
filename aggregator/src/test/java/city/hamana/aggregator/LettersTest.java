package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.People;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripperByArea;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The letters of the demonstration, at the desk of the division for water. */
class LettersTest {
    private static final double POINTS_PER_MM = 72 / 25.4;
    private static City city;

    @BeforeAll
    static void open() {
        city = TestCity.open();
    }

    @AfterAll
    static void close() {
        city.close();
    }

    @Test
    void everyLetterBeginsASheetWithItsAddressInTheWindowOfTheEnvelope() throws IOException {
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        List<Party> recipients = recipients();
        Answer answer = suzuki.get("/staff/letters.pdf");
        assertEquals(200, answer.status());
        try (PDDocument pdf = Loader.loadPDF(suzuki.bytes("/staff/letters.pdf"))) {
            assertEquals(recipients.size(), pdf.getNumberOfPages());
            for (int i = 0; i < recipients.size(); i++) {
                String window = read(pdf, i, 20, 12, 90, 45).replaceAll("\\s", "");
                String address = recipients.get(i).address().orElseThrow().line();
                assertTrue(window.contains(address.replaceAll("\\s", "")), window);
                assertTrue(window.contains("No."), window);
                assertEquals("", read(pdf, i, 0, 58, 210, 6).strip(), "nothing stands in the fold");
                assertTrue(read(pdf, i, 0, 64, 210, 60).contains("湖西市 水道課"));
            }
        }
        String seen = Guest.signedIn(city, "suzuki")
                .get("/staff/events.csv?kind=people.")
                .body();
        assertTrue(seen.contains("notices.letter"), "whose address was seen is written down");
    }

    @Test
    void lettersAreMarkedAsPostedAndTheMarkCanBeTakenBack() {
        Guest suzuki = Guest.signedIn(city, "suzuki").speaking("en");
        List<String> ids = ids(suzuki.get("/staff/letters").body());
        assertFalse(ids.isEmpty());
        assertEquals(
                303,
                suzuki.post("/staff/letters/post", Map.of("letter", ids.getFirst()))
                        .status());
        assertFalse(ids(suzuki.get("/staff/letters").body()).contains(ids.getFirst()));
        String posted = suzuki.get("/staff/letters?state=posted&done=1").body();
        assertTrue(posted.contains("Letters marked as posted: 1"));
        assertTrue(suzuki.get("/staff/letters.csv?state=posted").body().contains(ids.getFirst() + ",posted,"));
        String letter = "/staff/letters/" + ids.getFirst();
        assertEquals(303, suzuki.post(letter + "/return", Map.of()).status());
        assertTrue(suzuki.get("/staff/letters?state=returned").body().contains(letter + "/unreturn"));
        assertEquals(303, suzuki.post(letter + "/unreturn", Map.of()).status());
        assertEquals(303, suzuki.post(letter + "/unpost", Map.of()).status());
        assertEquals(ids, ids(suzuki.get("/staff/letters").body()));
    }

    @Test
    void anotherDivisionHasNoPartInThem() {
        String id =
                ids(Guest.signedIn(city, "suzuki").get("/staff/letters").body()).getLast();
        Guest other = Guest.signedIn(city, "ueda");
        assertEquals(List.of(), ids(other.get("/staff/letters").body()));
        assertEquals(404, other.get("/staff/letters.pdf").status());
        other.post("/staff/letters/post", Map.of("letter", id));
        assertEquals(
                404, other.post("/staff/letters/" + id + "/unpost", Map.of()).status());
        assertEquals(404, other.post("/staff/letters/" + id + "/burn", Map.of()).status());
        assertTrue(
                ids(Guest.signedIn(city, "suzuki").get("/staff/letters").body()).contains(id));
    }

    /** To whom the letters go, in their order. */
    private static List<Party> recipients() {
        return city.database().inTransaction(tx -> {
            List<String> ids = tx.createQuery("""
                    SELECT m.party FROM notices_delivery d JOIN notices_message m ON m.id = d.message_id
                    WHERE d.channel = 'LETTER' AND d.state = 'WAITING' AND m.letter_from = 'suido' ORDER BY d.id
                    """).mapTo(String.class).list();
            People people = TestCity.module(city, People.class);
            return ids.stream().map(id -> people.party(tx, id).orElseThrow()).toList();
        });
    }

    private static List<String> ids(String page) {
        return Pattern.compile("name=\"letter\" value=\"(\\d+)\"")
                .matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** What stands in a rectangle of a sheet; millimetres from the left and the top. */
    private static String read(PDDocument pdf, int sheet, double x, double y, double width, double height)
            throws IOException {
        PDFTextStripperByArea stripper = new PDFTextStripperByArea();
        stripper.setSortByPosition(true);
        stripper.addRegion(
                "place",
                new Rectangle2D.Double(
                        x * POINTS_PER_MM, y * POINTS_PER_MM, width * POINTS_PER_MM, height * POINTS_PER_MM));
        stripper.extractRegions(pdf.getPage(sheet));
        return stripper.getTextForRegion("place");
    }
}
