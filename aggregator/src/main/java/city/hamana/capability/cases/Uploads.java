package city.hamana.capability.cases;

import city.hamana.platform.http.Upload;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;

/** Looks at files that were sent: what they are is told by their bytes, never by their names. */
final class Uploads {
    static final int LONGEST_BYTES = 10 << 20;

    private static final int ZIP_END_BYTES = 22;
    private static final int LONGEST_ZIP_COMMENT = 0xffff;

    private final Pictures pictures;

    /** @param zone of cameras whose clock has none */
    Uploads(ZoneId zone) {
        pictures = new Pictures(zone);
    }

    Checked check(Upload upload) {
        byte[] bytes = upload.bytes();
        if (bytes.length > LONGEST_BYTES) {
            return Checked.Refused.because("too-long", LONGEST_BYTES >> 20);
        }
        if (endsAsZip(bytes)) {
            return Checked.Refused.because("zip");
        }
        return switch (type(bytes)) {
            case "jpeg", "png", "webp" -> pictures.check(upload, type(bytes));
            case "heic" -> Checked.Refused.because("heic");
            case "pdf" -> Pdfs.check(upload);
            default -> Checked.Refused.because("type");
        };
    }

    /** By the first bytes; other kinds give {@code ""}. */
    private static String type(byte[] bytes) {
        if (begins(bytes, 0, "\u00ff\u00d8\u00ff")) {
            return "jpeg";
        }
        if (begins(bytes, 0, "\u0089PNG\r\n\u001a\n")) {
            return "png";
        }
        if (begins(bytes, 0, "RIFF") && begins(bytes, 8, "WEBP")) {
            return "webp";
        }
        if (begins(bytes, 4, "ftyphei") || begins(bytes, 4, "ftypmif1") || begins(bytes, 4, "ftyphev")) {
            return "heic";
        }
        return begins(bytes, 0, "%PDF-") ? "pdf" : "";
    }

    private static boolean begins(byte[] bytes, int at, String mark) {
        byte[] wanted = mark.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < wanted.length; i++) {
            if (at + i >= bytes.length || bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether unpackers would take it for an archive: those begin to read at the end. */
    private static boolean endsAsZip(byte[] bytes) {
        int first = Math.max(0, bytes.length - ZIP_END_BYTES - LONGEST_ZIP_COMMENT);
        for (int at = first; at + ZIP_END_BYTES <= bytes.length; at++) {
            if (begins(bytes, at, "PK\u0005\u0006")) {
                int comment = (bytes[at + 20] & 0xff) | (bytes[at + 21] & 0xff) << 8;
                if (at + ZIP_END_BYTES + comment == bytes.length) {
                    return true;
                }
            }
        }
        return false;
    }
}
