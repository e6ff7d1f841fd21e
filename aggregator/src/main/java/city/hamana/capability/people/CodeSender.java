package city.hamana.capability.people;

import city.hamana.platform.text.Language;
import org.jdbi.v3.core.Handle;

/** Sends somebody the code to sign in with, by mail. */
@FunctionalInterface
public interface CodeSender {
    /**
     * Puts the mail in the way of being sent, in the caller's transaction.
     *
     * @param code eight figures, as they are shown: {@code 1234 5678}
     */
    void send(Handle tx, String address, Language language, String code);
}
