package city.hamana.capability.cases;

import java.time.Instant;

/**
 * A file that is kept, without its bytes.
 *
 * @param about {@code case:ID}, or {@code draft:ID} until the case is there
 * @param field of the form that it answers; may be empty
 * @param name as its sender calls it, at most 200 characters
 * @param type {@code image/jpeg} or {@code application/pdf}
 */
public record Attached(
        String id,
        String about,
        String field,
        String name,
        String type,
        int lengthBytes,
        String sha256,
        String addedBy,
        Instant added) {
    public boolean picture() {
        return type.equals("image/jpeg");
    }
}
