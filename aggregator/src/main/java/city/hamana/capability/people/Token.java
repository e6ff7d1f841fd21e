package city.hamana.capability.people;

import java.time.Instant;

/** A program's token as staff see it. */
public record Token(long id, String name, String scopes, Instant created, Instant expires, boolean revoked) {
    public boolean good(Instant now) {
        return !revoked && now.isBefore(expires);
    }
}
