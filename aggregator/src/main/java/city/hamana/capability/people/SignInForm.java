package city.hamana.capability.people;

/**
 * The sign-in page.
 *
 * @param to path to go to afterwards
 * @param name as typed before; a password is never sent back
 * @param wrong word of what went wrong, empty at first
 */
public record SignInForm(String to, String name, String wrong) {}
