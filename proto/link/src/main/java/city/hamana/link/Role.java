package city.hamana.link;

import java.util.Locale;
import java.util.Optional;

/** What a device may be in the city; carried as OU in its certificate's subject: {@code CN=DEVICE,OU=gateway}. */
public enum Role {
    /** Takes and signs readings; a TLS client only. */
    NODE,
    /** Collects from nodes and uploads; TLS client and server. */
    GATEWAY,
    /** City hall's receiver; TLS client and server. */
    AGGREGATOR,
    /** The EST server itself; TLS client and server. */
    PROVISIONING;

    /** The role as it stands in subjects, settings and command lines: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a word; empty when it is none, whatever its case. */
    public static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** Whether others connect to it, so that its certificate carries serverAuth and names. */
    public boolean serves() {
        return this != NODE;
    }
}
