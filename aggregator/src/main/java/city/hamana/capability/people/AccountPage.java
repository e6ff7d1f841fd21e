package city.hamana.capability.people;

import java.util.List;

/**
 * How somebody signs in.
 *
 * @param app whether an authenticator app is set up
 * @param recoveryCodes how many are left
 * @param appNeeded whether it may be taken away only by setting up another
 * @param password whether there is one
 * @param said word of what was just done, empty otherwise
 */
public record AccountPage(
        List<Passkey> passkeys,
        boolean app,
        int recoveryCodes,
        boolean appNeeded,
        boolean password,
        List<Session> sessions,
        String said) {
    /** The key of the words for what was just done. */
    public String saidWords() {
        return "people.said." + said;
    }
}
