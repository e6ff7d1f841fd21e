package city.hamana.capability.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.platform.http.Upload;
import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionLaunch;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.junit.jupiter.api.Test;

/** Files that people send, and that others might. */
class UploadsTest {
    private static final Uploads UPLOADS = new Uploads(ZoneId.of("Asia/Tokyo"));

    @Test
    void aPhotoIsPaintedAnewAndTellsNothingButWhatCanBeSeen() throws Exception {
        byte[] photo = withExif(jpeg(400, 300), 1);
        assertTrue(contains(photo, "SecretCam"));
        Checked.Clean clean = clean(photo, "IMG_0001.JPG");
        assertEquals("image/jpeg", clean.type());
        assertFalse(contains(clean.bytes(), "SecretCam"));
        assertFalse(contains(clean.bytes(), "Exif"));
        Metadata left = ImageMetadataReader.readMetadata(new ByteArrayInputStream(clean.bytes()));
        left.getDirectories().forEach(directory -> assertFalse(directory instanceof ExifDirectoryBase));
    }

    @Test
    void placeAndTimeAreReadBeforeTheyAreTakenOut() throws Exception {
        PhotoFacts facts = clean(withExif(jpeg(40, 30), 1), "a.jpg").facts();
        assertEquals(137.5, facts.longitude().orElseThrow(), 1e-6);
        assertEquals(34.7, facts.latitude().orElseThrow(), 1e-6);
        assertEquals(Instant.parse("2026-11-20T03:04:05Z"), facts.taken().orElseThrow(), "12:04:05 in Japan");
        assertEquals(
                OptionalDouble.empty(), clean(jpeg(40, 30), "b.jpg").facts().longitude());
    }

    @Test
    void aPhotoTakenSidewaysStandsUpright() throws Exception {
        // The left half is red; turned a quarter to the right, the upper half is.
        BufferedImage upright = picture(clean(withExif(jpeg(400, 300), 6), "a.jpg"));
        assertEquals(300, upright.getWidth());
        assertEquals(400, upright.getHeight());
        assertTrue(new Color(upright.getRGB(150, 50)).getRed() > 200);
        assertTrue(new Color(upright.getRGB(150, 350)).getRed() < 60);
        BufferedImage other = picture(clean(withExif(jpeg(400, 300), 8), "a.jpg"));
        assertTrue(new Color(other.getRGB(150, 350)).getRed() > 200);
        BufferedImage head = picture(clean(withExif(jpeg(400, 300), 3), "a.jpg"));
        assertTrue(new Color(head.getRGB(350, 150)).getRed() > 200);
    }

    @Test
    void aLargePhotoBecomesSmallerAndKeepsItsShape() throws Exception {
        BufferedImage small = picture(clean(jpeg(6_000, 3_000), "large.jpg"));
        assertEquals(2_560, small.getWidth());
        assertEquals(1_280, small.getHeight());
    }

    @Test
    void whatIsSeeThroughStandsOnWhite() throws Exception {
        BufferedImage glass = new BufferedImage(50, 50, BufferedImage.TYPE_INT_ARGB);
        BufferedImage solid = picture(clean(written(glass, "png"), "a.png"));
        assertEquals(Color.WHITE.getRGB(), solid.getRGB(25, 25));
    }

    @Test
    void aNameSaysNothingAboutAKind() throws Exception {
        refused("type", "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8), "photo.jpg");
        refused(
                "type",
                "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
                        .getBytes(StandardCharsets.UTF_8),
                "photo.png");
        refused("type", "MZ and so on".getBytes(StandardCharsets.UTF_8), "form.pdf");
        refused("type", new byte[1], "x.jpg");
        assertEquals("image/jpeg", clean(jpeg(40, 30), "page.html").type());
    }

    @Test
    void aHeicPhotoIsRefusedWithWhatToDo() {
        refused("heic", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1), "IMG_1.HEIC");
    }

    @Test
    void manyPixelsInAFewBytesAreNotUnpacked() throws Exception {
        byte[] bomb = pngHead(40_000, 40_000);
        assertTrue(bomb.length < 3_000_000);
        refused("too-large", bomb, "bomb.png");
        refused("too-large", pngHead(2_000_000_000, 2), "wide.png");
        byte[] jpeg = jpeg(40, 30);
        int frame = indexOf(jpeg, new byte[] {(byte) 0xff, (byte) 0xc0});
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 60_000).putShort(frame + 7, (short) 60_000);
        refused("too-large", jpeg, "bomb.jpg");
    }

    @Test
    void aPhotoThatIsCutOffOrBrokenIsRefused() throws Exception {
        byte[] whole = jpeg(800, 600);
        refused("broken", Arrays.copyOf(whole, whole.length / 2), "cut.jpg");
        refused("broken", Arrays.copyOf(whole, 300), "cut.jpg");
        byte[] png = written(new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB), "png");
        refused("broken", Arrays.copyOf(png, png.length / 2), "cut.png");
        refused("broken", "RIFF\4\0\0\0WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1), "a.webp");
    }

    @Test
    void noBrokenPhotoBringsTheReaderDown() throws Exception {
        Random random = new Random(7);
        for (byte[] whole : List.of(withExif(jpeg(60, 40), 6), written(new BufferedImage(60, 40, 1), "png"))) {
            for (int i = 0; i < 400; i++) {
                byte[] broken = whole.clone();
                for (int k = 0; k < 4; k++) {
                    broken[4 + random.nextInt(broken.length - 4)] = (byte) random.nextInt();
                }
                UPLOADS.check(new Upload("photo", "x", broken));
            }
        }
    }

    @Test
    void whatAlsoOpensAsAnArchiveIsRefused() throws Exception {
        refused("zip", zip(), "files.zip");
        refused("zip", joined(jpeg(40, 30), zip()), "photo.jpg");
        refused("zip", joined(pdf(document -> {}), zip()), "form.pdf");
    }

    @Test
    void whatStandsBehindAPhotosEndIsNotKept() throws Exception {
        byte[] tail = "<?php system($_GET['x']); ?>".getBytes(StandardCharsets.UTF_8);
        assertFalse(contains(clean(joined(jpeg(40, 30), tail), "a.jpg").bytes(), "php"));
    }

    @Test
    void tenMegabytesAreTheMost() {
        refused("too-long", new byte[(10 << 20) + 1], "a.jpg");
    }

    @Test
    void anOrdinaryPdfIsKeptAsItIs() throws Exception {
        byte[] pdf = pdf(document -> {});
        Checked.Clean clean = clean(pdf, "form.pdf");
        assertEquals("application/pdf", clean.type());
        assertTrue(Arrays.equals(pdf, clean.bytes()));
    }

    @Test
    void aPdfThatActsIsRefusedAndItIsSaidWhy() throws Exception {
        refused(
                "pdf-script",
                pdf(document -> document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert(1)"))),
                "a.pdf");
        refused(
                "pdf-launch",
                pdf(document -> {
                    PDAnnotationLink link = new PDAnnotationLink();
                    link.setAction(new PDActionLaunch());
                    document.getPage(0).getAnnotations().add(link);
                }),
                "a.pdf");
        refused("pdf-files", pdf(UploadsTest::addFile), "a.pdf");
        refused(
                "pdf-form",
                pdf(document -> {
                    COSDictionary form = new COSDictionary();
                    form.setItem(COSName.getPDFName("XFA"), new COSString("x"));
                    document.getDocumentCatalog().getCOSObject().setItem(COSName.ACRO_FORM, form);
                }),
                "a.pdf");
    }

    @Test
    void aLockedABrokenAndAVeryLongPdfAreRefused() throws Exception {
        refused(
                "pdf-locked",
                pdf(document -> document.protect(new StandardProtectionPolicy("o", "u", new AccessPermission()))),
                "a.pdf");
        refused(
                "pdf-locked",
                pdf(document -> document.protect(new StandardProtectionPolicy("o", "", new AccessPermission()))),
                "a.pdf");
        refused("broken", "%PDF-1.7\nnothing more".getBytes(StandardCharsets.UTF_8), "a.pdf");
        refused(
                "pdf-pages",
                pdf(document -> {
                    for (int i = 0; i < 200; i++) {
                        document.addPage(new PDPage());
                    }
                }),
                "a.pdf");
    }

    @Test
    void aPdfThatUnpacksToGigabytesIsRefusedBeforeItIsUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(9))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 500; i++) {
                out.write(zeros);
            }
        }
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        pdf.writeBytes(("%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length "
                        + packed.size() + " >>\nstream\n")
                .getBytes(StandardCharsets.US_ASCII));
        pdf.writeBytes(packed.toByteArray());
        pdf.writeBytes("\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
        refused("pdf-bomb", pdf.toByteArray(), "bomb.pdf");
        String twice =
                "%PDF-1.7\n1 0 obj\n<< /Filter [/Flate#44ecode /FlateDecode] /Length 3 >>\nstream\nabc\nendstream\n";
        refused("pdf-bomb", twice.getBytes(StandardCharsets.US_ASCII), "bomb.pdf");
    }

    /** Makes a document what it is to be. */
    private interface Maker {
        void make(PDDocument document) throws IOException;
    }

    private static byte[] pdf(Maker maker) throws IOException {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            maker.make(document);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    private static void addFile(PDDocument document) throws IOException {
        PDEmbeddedFile embedded = new PDEmbeddedFile(document, new ByteArrayInputStream(new byte[] {1, 2, 3}));
        PDComplexFileSpecification file = new PDComplexFileSpecification();
        file.setFile("a.exe");
        file.setEmbeddedFile(embedded);
        PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(Map.of("a.exe", file));
        PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
        names.setEmbeddedFiles(tree);
        document.getDocumentCatalog().setNames(names);
    }

    private static Checked.Clean clean(byte[] bytes, String name) {
        return assertInstanceOf(Checked.Clean.class, UPLOADS.check(new Upload("photo", name, bytes)));
    }

    private static void refused(String why, byte[] bytes, String name) {
        Checked.Refused refused =
                assertInstanceOf(Checked.Refused.class, UPLOADS.check(new Upload("photo", name, bytes)), name);
        assertEquals("cases.file." + why, refused.words(), name);
    }

    private static BufferedImage picture(Checked.Clean clean) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(clean.bytes()));
    }

    /** Its left half is red. */
    private static byte[] jpeg(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(Color.RED);
        canvas.fillRect(0, 0, width / 2, height);
        canvas.dispose();
        return written(image, "jpeg");
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    /** Puts an Exif segment behind the start of a JPEG: camera, orientation, time, and a place at 34.7 N, 137.5 E. */
    private static byte[] withExif(byte[] jpeg, int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(400);
        tiff.put("MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
        tiff.putShort((short) 4);
        entry(tiff, 0x0110, 2, 10, 200);
        entry(tiff, 0x0112, 3, 1, orientation << 16);
        entry(tiff, 0x8769, 4, 1, 80);
        entry(tiff, 0x8825, 4, 1, 110);
        tiff.putInt(0);
        tiff.position(80).putShort((short) 1);
        entry(tiff, 0x9003, 2, 20, 220);
        tiff.putInt(0);
        tiff.position(110).putShort((short) 4);
        entry(tiff, 1, 2, 2, 'N' << 24);
        entry(tiff, 2, 5, 3, 250);
        entry(tiff, 3, 2, 2, 'E' << 24);
        entry(tiff, 4, 5, 3, 280);
        tiff.putInt(0);
        tiff.position(200).put("SecretCam\0".getBytes(StandardCharsets.US_ASCII));
        tiff.position(220).put("2026:11:20 12:04:05\0".getBytes(StandardCharsets.US_ASCII));
        tiff.position(250).putInt(34).putInt(1).putInt(42).putInt(1).putInt(0).putInt(1);
        tiff.position(280).putInt(137).putInt(1).putInt(30).putInt(1).putInt(0).putInt(1);
        byte[] exif = joined("Exif\0\0".getBytes(StandardCharsets.US_ASCII), tiff.array());
        ByteBuffer segment = ByteBuffer.allocate(exif.length + 4);
        segment.putShort((short) 0xffe1).putShort((short) (exif.length + 2)).put(exif);
        byte[] start = Arrays.copyOf(jpeg, 2);
        return joined(joined(start, segment.array()), Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    /** A PNG that says it is this large, with a little data. */
    private static byte[] pngHead(int width, int height) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .array());
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(data)) {
            out.write(new byte[1 << 20]);
        }
        chunk(png, "IDAT", data.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) throws IOException {
        byte[] body = joined(type.getBytes(StandardCharsets.US_ASCII), data);
        CRC32 sum = new CRC32();
        sum.update(body);
        DataOutputStream out = new DataOutputStream(png);
        out.writeInt(data.length);
        out.write(body);
        out.writeInt((int) sum.getValue());
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.txt"));
            zip.write(new byte[] {1, 2, 3});
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static boolean contains(byte[] bytes, String text) {
        return indexOf(bytes, text.getBytes(StandardCharsets.ISO_8859_1)) >= 0;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }
}
