package city.hamana.capability.documents;

import java.util.List;

/**
 * A document to be issued.
 *
 * @param series whose numbers it takes: small letters, {@code cases}
 * @param title without a person's name: it stands on the verification page
 * @param about {@code case:2026-000123}
 * @param issuer code of the department
 * @param addressee stands on the paper only
 */
public record Draft(
        String series,
        String title,
        List<Part> parts,
        Retention retention,
        String about,
        String issuer,
        String addressee) {
    public Draft {
        if (!series.matches("[a-z]{2,20}")) {
            throw new IllegalArgumentException("a series is called by 2 to 20 small letters, not " + series);
        }
        parts = List.copyOf(parts);
    }
}
