package city.hamana.aggregator;

import city.hamana.capability.maps.Tiles;
import city.hamana.capability.notices.ChannelSettings;
import city.hamana.capability.payments.Collector;
import city.hamana.capability.payments.PaymentSettings;
import city.hamana.capability.payments.ProviderSettings;
import city.hamana.capability.people.SignInSettings;
import city.hamana.link.ParentWatch;
import city.hamana.platform.http.TrustedProxies;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The aggregator's settings, read once from its file; the keys are the components' names with dashes.
 *
 * @param host address both listeners bind to
 * @param publicPort HTTPS for people and programs; 0 takes a free one
 * @param devicePort mutual TLS for gateways; 0 takes a free one
 * @param publicAddress where people reach this program, for links in letters and mails: {@code https://host}
 * @param databaseUrl {@code jdbc:derby:…} or {@code jdbc:postgresql:…}
 * @param identityDir certificate, key and trust of this server
 * @param estAddress {@code https://host:port} of the CA, asked for its revocation list; without it none is known
 * @param clock the city's, in the city's time zone
 * @param demo whether the data are a demonstration's
 * @param attribution line that the data's licence asks to be shown; empty when there is none
 * @param helpPhone number and hours of the division that helps residents; empty when none is to be shown
 * @param channels by which messages leave the house
 * @param payments how the city takes money
 * @param tiles pictures of the ground behind the maps
 * @param moreFonts TrueType files for letters of names that the documents' own font lacks
 * @param closedDays lines of the city's own list of days on which it is closed; empty for the one of the program
 * @param silentAfter time without a heartbeat after which a gateway counts as cut
 * @param expiredSigners time after its certificate's end in which what a device signed is still taken
 * @param initialUsersFile users of the first start, file mode 0600
 * @param proxies reverse proxies of the city, which say from where a call comes
 * @param signIn how people sign in
 */
public record Settings(
        String host,
        int publicPort,
        int devicePort,
        URI publicAddress,
        String databaseUrl,
        Path identityDir,
        Optional<URI> estAddress,
        Clock clock,
        boolean demo,
        String attribution,
        String helpPhone,
        ChannelSettings channels,
        PaymentSettings payments,
        Tiles tiles,
        List<Path> moreFonts,
        List<String> closedDays,
        Duration silentAfter,
        Duration expiredSigners,
        Optional<Path> initialUsersFile,
        TrustedProxies proxies,
        SignInSettings signIn) {
    private static final int LAST_PORT = 65_535;
    private static final int MOST_FONTS = 8;
    private static final int MOST_EXPIRED_DAYS = 3_650;

    /**
     * Reads the file.
     *
     * @throws city.hamana.link.SettingsException if a key is missing, unknown or out of range
     */
    static Settings read(Path file) {
        city.hamana.link.Settings s = city.hamana.link.Settings.read(file);
        Path data = s.path("data-dir", "data");
        int port = (int) s.number("public-port", 8443, 0, LAST_PORT);
        URI address = s.optionalUri("public-address").orElse(URI.create("https://localhost:" + port));
        Settings settings = new Settings(
                s.text("host", "0.0.0.0"),
                port,
                (int) s.number("device-port", 8444, 0, LAST_PORT),
                address,
                s.text("database-url", "jdbc:derby:" + data.resolve("database") + ";create=true"),
                s.path("identity-dir", "identity"),
                s.optionalUri("est-address"),
                s.clock().withZone(ZoneId.of(s.text("zone", "Asia/Tokyo"))),
                s.yes("demo", false),
                s.text("attribution", ""),
                s.text("help-phone", ""),
                channels(s, data),
                payments(s),
                new Tiles(s.text("map-tiles", ""), s.text("map-attribution", "")),
                fonts(s),
                s.optional("closed-days-file")
                        .map(key -> closedDays(s.path("closed-days-file")))
                        .orElse(List.of()),
                s.millis("silent-after-ms", 6_000, 500, 86_400_000),
                Duration.ofDays(s.number("expired-signer-days", 400, 0, MOST_EXPIRED_DAYS)),
                s.optional("initial-users-file").map(key -> s.path("initial-users-file")),
                proxies(s),
                signIn(s, address, data));
        ParentWatch.startIfWanted(s);
        s.done();
        return settings;
    }

    /** The same on another clock, for measuring. */
    Settings on(Clock other) {
        return new Settings(
                host,
                publicPort,
                devicePort,
                publicAddress,
                databaseUrl,
                identityDir,
                estAddress,
                other,
                demo,
                attribution,
                helpPhone,
                channels,
                payments,
                tiles,
                moreFonts,
                closedDays,
                silentAfter,
                expiredSigners,
                initialUsersFile,
                proxies,
                signIn);
    }

    private static ChannelSettings channels(city.hamana.link.Settings s, Path data) {
        return new ChannelSettings(
                s.optional("smtp-host").map(host -> mail(s, host)),
                s.optional("line-token-file")
                        .map(token -> new ChannelSettings.LineAccount(
                                URI.create(s.text("line-api", "https://api.line.me")),
                                ChannelSettings.secret(s.path("line-token-file")),
                                ChannelSettings.secret(s.path("line-secret-file")))),
                s.optional("push-contact")
                        .map(contact -> new ChannelSettings.PushSender(
                                s.path(
                                        "push-key-file",
                                        data.resolve("push-key.json").toString()),
                                contact,
                                false)));
    }

    private static ChannelSettings.MailServer mail(city.hamana.link.Settings s, String host) {
        return new ChannelSettings.MailServer(
                host,
                (int) s.number("smtp-port", 587, 1, LAST_PORT),
                s.choice("smtp-security", ChannelSettings.Security.STARTTLS),
                s.text("smtp-user", ""),
                s.optional("smtp-password-file")
                        .map(file -> ChannelSettings.secret(s.path("smtp-password-file")))
                        .orElse(""),
                s.text("mail-from"));
    }

    private static PaymentSettings payments(city.hamana.link.Settings s) {
        return new PaymentSettings(
                s.optionalUri("payment-api")
                        .map(api -> new ProviderSettings(
                                api,
                                ChannelSettings.secret(s.path("payment-key-file")),
                                ChannelSettings.secret(s.path("payment-secret-file")))),
                s.optional("debit-collector-code").map(code -> collector(s, code)));
    }

    private static Collector collector(city.hamana.link.Settings s, String code) {
        return new Collector(
                code,
                s.text("debit-collector-name"),
                s.text("debit-bank"),
                s.text("debit-bank-name", ""),
                s.text("debit-branch"),
                s.text("debit-branch-name", ""),
                s.text("debit-account"),
                s.yes("debit-crlf", true),
                s.text("slip-company"),
                s.text("slip-public-body"));
    }

    private static TrustedProxies proxies(city.hamana.link.Settings s) {
        TrustedProxies.Header header = s.choice("trusted-proxy-header", TrustedProxies.Header.X_FORWARDED_FOR);
        return s.parsed(
                "trusted-proxies",
                "",
                "a list of addresses and ranges (10.0.0.0/8, fd00::/8)",
                text -> TrustedProxies.of(text, header));
    }

    private static SignInSettings signIn(city.hamana.link.Settings s, URI address, Path data) {
        Optional<SignInSettings.Provider> provider = s.optionalUri("oidc-issuer")
                .map(issuer -> new SignInSettings.Provider(issuer, s.text("oidc-client-id"), s.path("oidc-key-file")));
        return new SignInSettings(
                address,
                s.choice("staff-second-factor", SignInSettings.SecondFactor.REQUIRED),
                provider,
                s.optional("secrets-key-file")
                        .map(key -> s.path("secrets-key-file"))
                        .orElse(data.resolve("secrets.key")),
                s.optional("towns-file").map(key -> s.path("towns-file")));
    }

    private static List<String> closedDays(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
    }

    /** Files parted by commas; as many as a document can ask without delay. */
    private static List<Path> fonts(city.hamana.link.Settings s) {
        return Arrays.stream(s.text("font-files", "").split(",", MOST_FONTS))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .toList();
    }
}
