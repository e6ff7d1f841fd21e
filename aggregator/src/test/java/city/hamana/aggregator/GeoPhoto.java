package city.hamana.aggregator;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** A photo as a telephone makes it, with the place in its EXIF (CIPA DC-008: a TIFF of one GPS folder in APP1). */
final class GeoPhoto {
    private static final int LONG = 4;
    private static final int ASCII = 2;
    private static final int RATIONAL = 5;

    private GeoPhoto() {}

    static byte[] jpeg(double latitude, double longitude) {
        try {
            byte[] plain = plain();
            byte[] exif = exif(latitude, longitude);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(plain, 0, 2);
            out.writeShort(0xffe1);
            out.writeShort(exif.length + 2);
            out.write(exif);
            out.write(plain, 2, plain.length - 2);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] plain() throws IOException {
        BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.GRAY);
        pen.fillRect(0, 0, 320, 240);
        pen.setColor(Color.BLACK);
        pen.fillOval(120, 100, 90, 40);
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        return bytes.toByteArray();
    }

    private static byte[] exif(double latitude, double longitude) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1));
        out.writeInt(8);
        // One entry: where the folder of the place stands.
        out.writeShort(1);
        entry(out, 0x8825, LONG, 1, 26);
        out.writeInt(0);
        // Four entries of the place, then its two values of three fractions each.
        out.writeShort(4);
        entry(out, 1, ASCII, 2, 'N' << 24);
        entry(out, 2, RATIONAL, 3, 80);
        entry(out, 3, ASCII, 2, 'E' << 24);
        entry(out, 4, RATIONAL, 3, 104);
        out.writeInt(0);
        degrees(out, latitude);
        degrees(out, longitude);
        return bytes.toByteArray();
    }

    private static void entry(DataOutputStream out, int tag, int type, int count, int value) throws IOException {
        out.writeShort(tag);
        out.writeShort(type);
        out.writeInt(count);
        out.writeInt(value);
    }

    private static void degrees(DataOutputStream out, double value) throws IOException {
        out.writeInt((int) value);
        out.writeInt(1);
        double minutes = (value - (int) value) * 60;
        out.writeInt((int) minutes);
        out.writeInt(1);
        out.writeInt((int) Math.round((minutes - (int) minutes) * 60 * 10_000));
        out.writeInt(10_000);
    }
}
