package city.hamana.gateway.wifi;

import city.hamana.gateway.wifi.Access.Auth;
import city.hamana.gateway.wifi.Access.Community;
import city.hamana.gateway.wifi.Access.Priv;
import city.hamana.gateway.wifi.Access.User;
import city.hamana.link.Settings;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * One access point or controller of the settings.
 *
 * @param name 1 to 24 of {@code a-z 0-9 -}; its samples carry the id {@code ap-NAME}
 * @param address {@code udp://HOST:PORT} of its SNMP agent
 * @param vendor key of the vendor's table; empty: by what the agent says of itself
 */
public record AccessPointSettings(String name, URI address, Access access, Optional<String> vendor) {
    private static final int SHORTEST_PASSPHRASE = 8;

    /** The id that its samples carry as their meter's. */
    String id() {
        return "ap-" + name;
    }

    /**
     * Reads {@code NAME-address}, {@code NAME-version} and what the version needs.
     *
     * @param secrets the file of the secrets
     * @throws IllegalArgumentException naming the key that cannot be used, never its secret
     */
    static AccessPointSettings of(Settings settings, Settings secrets, String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,23}")) {
            throw new IllegalArgumentException("access-points is not a list of names (1 to 24 of a-z 0-9 -): " + name);
        }
        Optional<String> vendor = settings.optional(name + "-vendor").filter(key -> !key.equals("auto"));
        vendor.ifPresent(key -> {
            if (!Vendors.KEYS.contains(key)) {
                throw new IllegalArgumentException(name + "-vendor is neither auto nor one of " + Vendors.KEYS);
            }
        });
        return new AccessPointSettings(name, address(settings, name), access(settings, secrets, name), vendor);
    }

    private static URI address(Settings settings, String name) {
        URI address = settings.uri(name + "-address");
        if (!"udp".equals(address.getScheme()) || address.getHost() == null || address.getPort() <= 0) {
            throw new IllegalArgumentException(name + "-address is not udp://HOST:PORT: " + address);
        }
        return address;
    }

    private static Access access(Settings settings, Settings secrets, String name) {
        return switch (settings.text(name + "-version", "3")) {
            case "2c" -> new Community(new Secret(secrets.text(name + "-community")));
            case "3" ->
                new User(
                        settings.text(name + "-user"),
                        choice(settings, name + "-auth", Auth.SHA_256),
                        passphrase(secrets, name + "-auth-passphrase"),
                        choice(settings, name + "-priv", Priv.AES_128),
                        passphrase(secrets, name + "-priv-passphrase"));
            default -> throw new IllegalArgumentException(name + "-version is neither 2c nor 3");
        };
    }

    private static Secret passphrase(Settings secrets, String key) {
        String text = secrets.text(key);
        if (text.length() < SHORTEST_PASSPHRASE) {
            throw new IllegalArgumentException(
                    key + " is shorter than " + SHORTEST_PASSPHRASE + " characters (RFC 3414, 11.2)");
        }
        return new Secret(text);
    }

    private static <E extends Enum<E>> E choice(Settings settings, String key, E otherwise) {
        return settings.parsed(
                key,
                otherwise.name(),
                "one of " + Names.words(otherwise.getDeclaringClass().getEnumConstants()),
                word -> Enum.valueOf(
                        otherwise.getDeclaringClass(),
                        word.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
}
