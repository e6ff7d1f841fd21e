package city.hamana.platform.http;

import java.security.cert.X509Certificate;
import java.util.Optional;

/** Tells who stands behind a cookie, a token or a certificate. */
public interface Gate {
    /** The person whose session this is. */
    Optional<Caller.Person> person(String sessionSecret);

    /** How much that is new waits for somebody behind the door at this path; 0 where doors have no news. */
    default int news(Caller.Person person, String door) {
        return 0;
    }

    /** The program whose token this is. */
    Optional<Caller.Program> program(String token);

    /** The device whose certificate this is; empty when the city did not issue it, or it ended. */
    Optional<Caller.Device> device(X509Certificate certificate);
}
