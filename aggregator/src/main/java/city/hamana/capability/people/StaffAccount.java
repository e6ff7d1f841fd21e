package city.hamana.capability.people;

import city.hamana.platform.access.Post;
import city.hamana.platform.access.Role;
import java.util.Optional;
import java.util.Set;

/**
 * An account of a member of staff, as an administrator sees it.
 *
 * @param factor whether an app or a passkey is set up
 * @param sessions how many are open
 */
public record StaffAccount(
        long id, String name, String shown, Set<Role> roles, Optional<Post> post, boolean factor, int sessions) {
    public boolean admin() {
        return roles.contains(Role.ADMIN);
    }

    public boolean auditor() {
        return roles.contains(Role.AUDITOR);
    }
}
