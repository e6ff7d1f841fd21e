package city.hamana.capability.people;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The sign-in page.
 *
 * @param to path to go to afterwards
 * @param name as typed before; a password is never sent back
 * @param wrong word of what went wrong, empty at first
 * @param provider whether a provider of identities is there
 */
public record SignInForm(String to, String name, String wrong, boolean provider) {
    /** The path as a parameter of an address. */
    public String toParameter() {
        return URLEncoder.encode(to, StandardCharsets.UTF_8);
    }
}
