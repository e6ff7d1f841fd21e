package city.hamana.capability.cases;

import java.time.Instant;
import java.util.Optional;

/**
 * What has arrived.
 *
 * @param kind code of a registered kind
 * @param title at most 200 characters; no name of a person
 * @param applicant id of the party; empty for a reporter who gave no name
 * @param filedBy actor who sent it: the applicant, who acts for them, or counter staff
 * @param department code of the division that examines it
 * @param data JSON of the kind's own shape, at most 32,000 characters
 * @param termDays working days of the standard period (標準処理期間); 0 for none
 * @param due a deadline that is a moment instead; used when {@code termDays} is 0
 */
public record NewCase(
        String kind,
        String title,
        Optional<String> applicant,
        String filedBy,
        String department,
        String data,
        int termDays,
        Optional<Instant> due) {
    public NewCase {
        if (title.length() > 200 || data.length() > 32_000 || termDays < 0 || termDays > 500) {
            throw new IllegalArgumentException("a case's title, data or term is out of bounds");
        }
    }
}
