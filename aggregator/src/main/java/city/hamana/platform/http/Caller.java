package city.hamana.platform.http;

import city.hamana.link.Trust;
import city.hamana.platform.access.Post;
import city.hamana.platform.access.Proof;
import city.hamana.platform.access.Role;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;

/** Who calls. */
public sealed interface Caller {
    /** Nobody known. */
    record Stranger() implements Caller {}

    /**
     * A person with a session.
     *
     * @param name as the pages show it
     * @param roles RESIDENT, STAFF, ADMIN, AUDITOR: those that this session may use
     * @param post where a member of staff works; empty for others
     * @param proof how well this session proves who it is
     */
    record Person(String id, String name, Set<Role> roles, Optional<Post> post, Proof proof) implements Caller {
        /** Whether this is a member of the department's staff. */
        public boolean worksIn(String department) {
            return post.map(p -> p.department().equals(department)).orElse(false);
        }
    }

    /**
     * A program with a bearer token.
     *
     * @param scopes what the token is good for: {@code readings}, {@code metrics}
     */
    record Program(String id, Set<String> scopes) implements Caller {}

    /** A gateway, its certificate checked against the city's CA at the moment of the call. */
    record Device(Trust.Peer peer, X509Certificate certificate) implements Caller {}

    default boolean may(Role role) {
        return switch (this) {
            case Stranger() -> role == Role.ANYONE || role == Role.ANY_PROGRAM;
            case Person person -> role == Role.ANYONE || role == Role.PERSON || person.roles.contains(role);
            case Program(var id, var scopes) -> role == Role.API_TOKEN || role == Role.ANY_PROGRAM;
            case Device(var peer, var certificate) -> role == Role.DEVICE;
        };
    }

    /** As the event log names an actor. */
    default String actor() {
        return switch (this) {
            case Stranger() -> "stranger";
            case Person person -> "person:" + person.id;
            case Program(var id, var scopes) -> "token:" + id;
            case Device(var peer, var certificate) -> "device:" + peer.id();
        };
    }
}
