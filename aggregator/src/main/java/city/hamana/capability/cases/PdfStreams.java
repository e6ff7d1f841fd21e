package city.hamana.capability.cases;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Measures what a PDF's packed streams unpack to, before a parser does so without a limit. A stream that is packed twice, or
 * in a way that hides how long it is, is refused as well: ordinary programs write none.
 */
final class PdfStreams {
    private static final long MOST_BYTES = 400L << 20;
    private static final int DICTIONARY_BYTES = 2_000;
    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.ISO_8859_1);
    private static final Pattern ESCAPED = Pattern.compile("#([0-9A-Fa-f]{2})");
    private static final Pattern ODD_FILTERS =
            Pattern.compile("LZWDecode|RunLengthDecode|(/FlateDecode|/Fl\\b)[^>]{0,200}(/FlateDecode|/Fl\\b)");

    private PdfStreams() {}

    static boolean unpackToBearableLength(byte[] pdf) {
        long left = MOST_BYTES;
        for (int at = next(pdf, 0); at >= 0 && left > 0; at = next(pdf, at + STREAM.length)) {
            int data = at + STREAM.length;
            while (data < pdf.length && (pdf[data] == '\r' || pdf[data] == '\n')) {
                data++;
            }
            if (oddlyPacked(pdf, at)) {
                return false;
            }
            left -= unpacked(pdf, data, left);
        }
        return left > 0;
    }

    /** Where the word stands, not as the end of another. */
    private static int next(byte[] pdf, int from) {
        for (int at = from; at + STREAM.length < pdf.length; at++) {
            if (pdf[at] == 's' && matches(pdf, at) && (at == 0 || pdf[at - 1] != 'd')) {
                return at;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] pdf, int at) {
        for (int i = 0; i < STREAM.length; i++) {
            if (pdf[at + i] != STREAM[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean oddlyPacked(byte[] pdf, int at) {
        int begin = Math.max(0, at - DICTIONARY_BYTES);
        String before = new String(pdf, begin, at - begin, StandardCharsets.ISO_8859_1);
        int object = before.lastIndexOf(" obj");
        String dictionary = object < 0 ? before : before.substring(object);
        String plain = ESCAPED.matcher(dictionary).replaceAll(hex -> {
            char letter = (char) Integer.parseInt(hex.group(1), 16);
            return Character.isLetter(letter) ? String.valueOf(letter) : "_";
        });
        return ODD_FILTERS.matcher(plain).find();
    }

    private static long unpacked(byte[] pdf, int from, long most) {
        Inflater inflater = new Inflater();
        byte[] buffer = new byte[64 << 10];
        try {
            inflater.setInput(pdf, from, pdf.length - from);
            while (inflater.getBytesWritten() < most) {
                if (inflater.inflate(buffer) == 0) {
                    break;
                }
            }
            return inflater.getBytesWritten();
        } catch (DataFormatException e) {
            return inflater.getBytesWritten();
        } finally {
            inflater.end();
        }
    }
}
