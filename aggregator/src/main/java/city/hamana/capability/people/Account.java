package city.hamana.capability.people;

import city.hamana.platform.access.Post;
import city.hamana.platform.access.Role;
import java.util.Optional;
import java.util.Set;

/**
 * With what somebody signs in.
 *
 * @param name typed to sign in with a password
 * @param shown what pages call its owner
 * @param password in PHC form, empty where there is none
 * @param temporary whether somebody else made the password: first of all, an own one is made
 */
record Account(
        long id, String name, String shown, Set<Role> roles, Optional<Post> post, String password, boolean temporary) {
    boolean staff() {
        return roles.contains(Role.STAFF);
    }

    /** As the event log names it. */
    String actor() {
        return "person:" + id;
    }

    @Override
    public String toString() {
        return "Account[" + id + "]";
    }
}
