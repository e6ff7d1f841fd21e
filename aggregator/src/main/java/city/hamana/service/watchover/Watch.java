package city.hamana.service.watchover;

import java.time.Instant;

/**
 * A consent to be watched over.
 *
 * @param party who is
 * @param relative who sees it; empty until the invitation was taken
 * @param mail to which the invitation went; empty once it was taken
 * @param welfare whether the welfare division is asked when nobody answers
 * @param agreed whether the invitation was taken
 */
public record Watch(
        long id,
        String party,
        String meter,
        String relative,
        String mail,
        boolean welfare,
        boolean agreed,
        Instant begun) {}
