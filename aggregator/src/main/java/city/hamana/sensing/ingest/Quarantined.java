package city.hamana.sensing.ingest;

import city.hamana.messages.Dsse;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Something that was kept but not believed or not understood.
 *
 * @param id 0 before it is stored
 * @param kind {@code block}, {@code telegram} or {@code batch}
 * @param device who sent it
 * @param reason one sentence of at most 300 characters
 * @param hash SHA-256 of the content in lower-case hex
 * @param content the bytes as they came; empty in lists
 * @param place where in its chain a block says to stand; empty for others, for what could not be read, and in lists
 */
public record Quarantined(
        long id,
        Instant seen,
        String kind,
        String device,
        String reason,
        String hash,
        byte[] content,
        Optional<Place> place) {
    private static final int LONGEST_REASON = 300;

    /** Where a block says to stand. */
    record Place(ChainId chain, long sequence) {}

    static Quarantined of(String kind, String device, String reason, byte[] content, Instant seen) {
        String hash = HexFormat.of().formatHex(Dsse.sha256(content));
        return new Quarantined(0, seen, kind, device, shown(reason), hash, content, Optional.empty());
    }

    /** The same, at the place that its block claims. */
    Quarantined at(ChainId chain, long sequence) {
        return new Quarantined(id, seen, kind, device, reason, hash, content, Optional.of(new Place(chain, sequence)));
    }

    /** A stranger's sentence, cut and made fit for a page. */
    static String shown(String sentence) {
        String cut = sentence.length() > LONGEST_REASON ? sentence.substring(0, LONGEST_REASON) : sentence;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
