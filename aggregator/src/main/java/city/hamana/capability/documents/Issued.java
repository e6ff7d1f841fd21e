package city.hamana.capability.documents;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An issued document, without its bytes.
 *
 * @param number {@code cases-2026-123}: series, fiscal year, running number
 * @param code on the paper; who knows it may verify
 * @param until last day on which it is kept; empty for ever
 * @param revoked why it holds no more; empty while it holds
 * @param sha256 of the file, lower-case hex
 */
public record Issued(
        String number,
        String code,
        String title,
        String about,
        String issuer,
        Instant at,
        Retention retention,
        Optional<LocalDate> until,
        Optional<String> revoked,
        String sha256) {
    public String fileName() {
        return number + ".pdf";
    }
}
