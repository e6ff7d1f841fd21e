package city.hamana.capability.cases;

import city.hamana.platform.http.Upload;
import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.lang.GeoLocation;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/**
 * Decodes a picture and paints it anew, so that nothing is kept but what can be seen: no place, no camera, no thumbnail,
 * nothing hidden behind its end.
 */
final class Pictures {
    static final int LONGEST_SIDE = 2_560;
    static final long MOST_PIXELS = 50_000_000;

    private static final float QUALITY = 0.85f;
    /** A picture of the most pixels takes some 30 MB while it is painted. */
    private static final Semaphore AT_ONCE = new Semaphore(2);

    private static final DateTimeFormatter EXIF_TIME = DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss");

    private final ZoneId zone;

    Pictures(ZoneId zone) {
        this.zone = zone;
    }

    /** @param format as ImageIO calls it: {@code jpeg}, {@code png} or {@code webp} */
    Checked check(Upload upload, String format) {
        AT_ONCE.acquireUninterruptibly();
        try {
            Metadata metadata = metadata(upload.bytes());
            return painted(upload, format, orientation(metadata))
                    .<Checked>map(jpeg -> new Checked.Clean(upload.fileName(), "image/jpeg", jpeg, facts(metadata)))
                    .orElseGet(() -> Checked.Refused.because("too-large", MOST_PIXELS / 1_000_000));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            // The decoders answer broken bytes with any of these.
            return Checked.Refused.because("broken");
        } finally {
            AT_ONCE.release();
        }
    }

    /** Empty when it has too many pixels, which its head says before anything is unpacked. */
    private static Optional<byte[]> painted(Upload upload, String format, int orientation) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        ImageReader reader = readers.next();
        boolean[] cut = {false};
        reader.addIIOReadWarningListener((source, warning) -> cut[0] |= warning.contains("remature end"));
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(upload.bytes()))) {
            reader.setInput(in, true, true);
            long width = reader.getWidth(0);
            long height = reader.getHeight(0);
            if (width * height > MOST_PIXELS) {
                return Optional.empty();
            }
            BufferedImage picture = reader.read(0, thinned(reader, (int) Math.max(width, height)));
            if (cut[0]) {
                throw new IOException("it ends too early");
            }
            return Optional.of(jpeg(upright(picture, orientation)));
        } finally {
            reader.dispose();
        }
    }

    /** Leaves out rows and columns while reading, as long as enough of them stay. */
    private static ImageReadParam thinned(ImageReader reader, int longest) {
        ImageReadParam param = reader.getDefaultReadParam();
        int step = Math.max(1, longest / LONGEST_SIDE);
        param.setSourceSubsampling(step, step, 0, 0);
        return param;
    }

    /** On white ground, turned as its orientation says (Exif 2.32, tag 0x0112), no longer than the longest side. */
    private static BufferedImage upright(BufferedImage picture, int orientation) {
        boolean lying = orientation >= 5;
        int width = lying ? picture.getHeight() : picture.getWidth();
        int height = lying ? picture.getWidth() : picture.getHeight();
        double scale = Math.min(1.0, (double) LONGEST_SIDE / Math.max(width, height));
        BufferedImage anew = new BufferedImage(
                Math.max(1, (int) Math.round(width * scale)),
                Math.max(1, (int) Math.round(height * scale)),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = anew.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, anew.getWidth(), anew.getHeight());
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        canvas.scale(scale, scale);
        canvas.drawRenderedImage(picture, turn(orientation, picture.getWidth(), picture.getHeight()));
        canvas.dispose();
        return anew;
    }

    private static AffineTransform turn(int orientation, int w, int h) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
            default -> new AffineTransform();
        };
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static Metadata metadata(byte[] bytes) {
        try {
            return ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes), bytes.length);
        } catch (ImageProcessingException | IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return new Metadata();
        }
    }

    private static int orientation(Metadata metadata) {
        ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        try {
            return exif == null || !exif.containsTag(ExifDirectoryBase.TAG_ORIENTATION)
                    ? 1
                    : exif.getInt(ExifDirectoryBase.TAG_ORIENTATION);
        } catch (MetadataException e) {
            return 1;
        }
    }

    private PhotoFacts facts(Metadata metadata) {
        GpsDirectory gps = metadata.getFirstDirectoryOfType(GpsDirectory.class);
        Optional<GeoLocation> place =
                Optional.ofNullable(gps).map(GpsDirectory::getGeoLocation).filter(at -> !at.isZero());
        return new PhotoFacts(
                place.map(at -> OptionalDouble.of(at.getLongitude())).orElseGet(OptionalDouble::empty),
                place.map(at -> OptionalDouble.of(at.getLatitude())).orElseGet(OptionalDouble::empty),
                Optional.ofNullable(metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class))
                        .flatMap(this::taken));
    }

    private Optional<Instant> taken(ExifSubIFDDirectory exif) {
        String time = exif.getString(ExifDirectoryBase.TAG_DATETIME_ORIGINAL);
        String offset = exif.getString(ExifDirectoryBase.TAG_TIME_ZONE_ORIGINAL);
        if (time == null) {
            return Optional.empty();
        }
        try {
            ZoneId at = offset == null || offset.isBlank() ? zone : ZoneOffset.of(offset.strip());
            return Optional.of(
                    LocalDateTime.parse(time.strip(), EXIF_TIME).atZone(at).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
