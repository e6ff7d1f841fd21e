package city.hamana.platform.http;

import city.hamana.link.Trust;
import java.security.cert.X509Certificate;
import java.util.Set;

/** Who calls. */
public sealed interface Caller {
    /** Nobody known. */
    record Stranger() implements Caller {}

    /**
     * A person with a session.
     *
     * @param roles RESIDENT, STAFF or both
     */
    record Person(String id, String name, Set<Role> roles) implements Caller {}

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
            case Stranger() -> role == Role.ANYONE;
            case Person(var id, var name, var roles) -> role == Role.ANYONE || roles.contains(role);
            case Program(var id, var scopes) -> role == Role.ANYONE || role == Role.API_TOKEN;
            case Device(var peer, var certificate) -> role == Role.DEVICE;
        };
    }

    /** As the event log names an actor. */
    default String actor() {
        return switch (this) {
            case Stranger() -> "stranger";
            case Person(var id, var name, var roles) -> "person:" + id;
            case Program(var id, var scopes) -> "token:" + id;
            case Device(var peer, var certificate) -> "device:" + peer.id();
        };
    }
}
