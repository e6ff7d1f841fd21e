package city.hamana.sensing.ingest;

import city.hamana.messages.Dsse;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Something that was kept but not believed or not understood.
 *
 * @param id 0 before it is stored
 * @param kind {@code block}, {@code telegram} or {@code batch}
 * @param device who sent it
 * @param reason one sentence of at most 300 characters
 * @param hash SHA-256 of the content in lower-case hex
 * @param content the bytes as they came; empty in lists
 */
public record Quarantined(
        long id, Instant seen, String kind, String device, String reason, String hash, byte[] content) {
    private static final int LONGEST_REASON = 300;

    static Quarantined of(String kind, String device, String reason, byte[] content, Instant seen) {
        String cut = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        String hash = HexFormat.of().formatHex(Dsse.sha256(content));
        return new Quarantined(0, seen, kind, device, cut.replaceAll("\\p{Cntrl}", "?"), hash, content);
    }
}
