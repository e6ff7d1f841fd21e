package city.hamana.aggregator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.aggregator.Guest.Answer;
import city.hamana.platform.http.Route;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files that are not what they say, at every place that takes files. */
class SecurityUploadsTest {
    private static final String BOUNDARY = "edge-of-the-parts";
    private static final byte[] PHOTO = GeoPhoto.jpeg(34.7131, 137.5371);

    private static Places places;
    private static Map<String, String> pictures;

    @BeforeAll
    static void open() {
        places = Places.furnished();
        Guest hanako = places.guest("hanako");
        pictures = new TreeMap<>(Map.of("/roads/new", "photo", "/staff/roads/{id}/photo", "photo"));
        pictures.put("/forms/{draft}/{page}", "photos");
        String draft = ProcedureWalk.begun(hanako, "disaster-certificate");
        places.places().put("/forms/{draft}/{page}", draft + "/photos-page");
    }

    @AfterAll
    static void close() {
        places.city().close();
    }

    /** A new place that takes files has to be named here, and so is thought of. */
    @Test
    void thePlacesThatTakeFilesAreKnown() {
        Set<String> known = new TreeSet<>(pictures.keySet());
        known.addAll(List.of("/cases/{id}/correct", "/staff/forms/{draft}/{page}", "/staff/maps"));
        known.addAll(List.of("/staff/water/contracts", "/staff/water/seals", "/staff/network/files"));
        known.addAll(List.of("/staff/payments/debits/{run}/answer", "/staff/payments/statements"));
        known.addAll(List.of("/staff/roads/inspect", "/verify/{code}"));
        assertEquals(known, uploads().stream().map(Route::path).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void noFileBreaksAnyPlaceThatTakesFiles() {
        List<String> wrong = new ArrayList<>();
        for (Route route : uploads()) {
            Guest guest = sender(route);
            hostile().forEach((name, bytes) -> {
                for (String field : Set.of("photo", "photos", "file")) {
                    int status = sent(guest, places.address(route), field, name, bytes)
                            .status();
                    if (status >= 500) {
                        wrong.add(route.path() + " " + field + " " + name + " " + status);
                    }
                }
            });
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void whatIsNoPictureIsRefusedWithASentenceAndNothingIsKept() {
        List<String> wrong = new ArrayList<>();
        int before = files();
        pictures.forEach((path, field) -> {
            Route route = uploads().stream()
                    .filter(r -> r.path().equals(path))
                    .findFirst()
                    .orElseThrow();
            Guest guest = sender(route);
            hostile().forEach((name, bytes) -> {
                Answer answer = sent(guest, places.address(route), field, name, bytes);
                boolean refused = answer.status() >= 400 && answer.status() < 500;
                if (bytes.length > 0 && (!refused || !answer.body().contains("<h1"))) {
                    wrong.add(path + " " + name + " " + answer.status());
                }
            });
        });
        assertEquals(List.of(), wrong);
        assertEquals(before, files());
    }

    @Test
    void aPlaceInAPictureIsGoneFromWhatIsKept() {
        assertTrue(new String(PHOTO, ISO_8859_1).contains("Exif"));
        Guest hanako = places.guest("hanako");
        Answer answer = sent(hanako, places.places().get("/forms/{draft}/{page}"), "photos", "home.jpg", PHOTO);
        assertTrue(answer.status() < 400, answer.body());
        byte[] kept = places.city()
                .database()
                .inTransaction(tx -> tx.createQuery("SELECT content FROM cases_file WHERE name = 'home.jpg'")
                        .mapTo(byte[].class)
                        .first());
        String text = new String(kept, ISO_8859_1);
        assertFalse(text.contains("Exif") || text.contains("GPS"));
        assertFalse(Arrays.equals(PHOTO, kept));
    }

    @Test
    void whatFollowsAPictureIsGoneFromWhatIsKept() {
        Guest hanako = places.guest("hanako");
        byte[] both = joined(PHOTO, "PK\3\4<script>alert(1)</script>".getBytes(UTF_8));
        sent(hanako, places.places().get("/forms/{draft}/{page}"), "photos", "both.jpg", both);
        List<byte[]> kept = places.city()
                .database()
                .inTransaction(tx -> tx.createQuery("SELECT content FROM cases_file WHERE name = 'both.jpg'")
                        .mapTo(byte[].class)
                        .list());
        kept.forEach(bytes -> assertFalse(new String(bytes, ISO_8859_1).contains("<script>")));
    }

    @Test
    void tooManyAndTooLongAreRefused() {
        for (Route route : uploads()) {
            Guest guest = sender(route);
            byte[] longer = new byte[route.longestBytes() + 1];
            assertEquals(
                    413,
                    sent(guest, places.address(route), "photo", "a.jpg", longer).status(),
                    route.path());
            ByteArrayOutputStream many = new ByteArrayOutputStream();
            part(many, "csrf", "", guest.cookie("__Host-csrf").getBytes(UTF_8));
            for (int i = 0; i < 30; i++) {
                part(many, "photo", "a.jpg", PHOTO);
            }
            assertEquals(413, multipart(guest, places.address(route), many).status(), route.path());
        }
    }

    private static Map<String, byte[]> hostile() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("bomb.png", png(60_000, 60_000));
        files.put("overflow.png", png(Integer.MAX_VALUE, Integer.MAX_VALUE));
        files.put("narrow.png", png(1, 2_000_000_000));
        files.put("cut.jpg", Arrays.copyOf(PHOTO, PHOTO.length / 2));
        files.put("head.jpg", Arrays.copyOf(PHOTO, 20));
        files.put("page.jpg", "<!DOCTYPE html><script>alert(1)</script>".getBytes(UTF_8));
        files.put("drawing.jpg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".getBytes(UTF_8));
        files.put("webp.webp", "RIFF\u007F\u007F\u007F\u007FWEBPVP8 \u007F\u007F\u007F\u007F".getBytes(ISO_8859_1));
        files.put("program.jpg", joined(new byte[] {'M', 'Z'}, new byte[2_000]));
        files.put("archive.pdf", joined("PK\3\4".getBytes(UTF_8), pdf("")));
        files.put("script.pdf", pdf("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"));
        files.put("empty.jpg", new byte[0]);
        files.put("..%2f..%2fx\0.jpg", "x".getBytes(UTF_8));
        return files;
    }

    /** A picture of any size whose rows are left out: its head alone says how large it is. */
    private static byte[] png(int width, int height) {
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[1 << 20]);
        deflater.finish();
        byte[] rows = new byte[1 << 16];
        int length = deflater.deflate(rows);
        deflater.end();
        ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        byte[] start = joined(signature, chunk("IHDR", head.array()));
        return joined(joined(start, chunk("IDAT", Arrays.copyOf(rows, length))), chunk("IEND", new byte[0]));
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] typed = joined(type.getBytes(ISO_8859_1), data);
        CRC32 sum = new CRC32();
        sum.update(typed);
        return ByteBuffer.allocate(8 + typed.length - 4 + 4)
                .putInt(data.length)
                .put(typed)
                .putInt((int) sum.getValue())
                .array();
    }

    private static byte[] pdf(String action) {
        String text = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R" + action + ">>endobj\n"
                + "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
                + "trailer<</Root 1 0 R/Size 4>>\n%%EOF\n";
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static Answer sent(Guest guest, String address, String field, String name, byte[] bytes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        part(body, "csrf", "", guest.cookie("__Host-csrf").getBytes(UTF_8));
        part(body, field, name, bytes);
        return multipart(guest, address, body);
    }

    private static Answer multipart(Guest guest, String address, ByteArrayOutputStream body) {
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
        Map<String, String> headers = Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
        return guest.raw("POST", address, headers, body.toByteArray());
    }

    private static void part(ByteArrayOutputStream body, String field, String name, byte[] bytes) {
        String file = name.isEmpty() ? "" : "; filename=\"" + name + "\"\r\nContent-Type: image/jpeg";
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field + "\"" + file;
        body.writeBytes((head + "\r\n\r\n").getBytes(UTF_8));
        body.writeBytes(bytes);
        body.writeBytes("\r\n".getBytes(UTF_8));
    }

    private static Guest sender(Route route) {
        return places.guest(route.path().startsWith("/staff") ? "suzuki" : "hanako");
    }

    private static List<Route> uploads() {
        return places.city().routes().all().stream().filter(Route::uploads).toList();
    }

    private static int files() {
        return places.city()
                .database()
                .inTransaction(tx -> tx.createQuery("SELECT COUNT(*) FROM cases_file")
                        .mapTo(Integer.class)
                        .one());
    }
}
