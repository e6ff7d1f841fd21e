package city.hamana.capability.notices;

import city.hamana.platform.text.Language;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A message as it was written.
 *
 * @param code in its link from outside: random, leads to this message and signs nobody in
 * @param party empty when it is for a mail address or a division
 * @param address a mail address, for who is no party
 * @param department for a division's staff
 * @param link path on this site, or empty
 * @param letterFrom division that posts it as a letter where that is due; empty for never
 * @param stop path where messages of this kind are ended; empty for those that go to one
 * @param read when it was opened first
 */
public record Message(
        long id,
        String code,
        String party,
        String address,
        String department,
        Language language,
        String subject,
        String text,
        String link,
        Urgency urgency,
        String letterFrom,
        String stop,
        Instant at,
        Optional<Instant> read) {
    /** The way in from outside. */
    String path() {
        return "/n/" + code;
    }

    String address(URI site) {
        return site.resolve(path()).toString();
    }

    @Override
    public String toString() {
        return "Message " + id;
    }
}
