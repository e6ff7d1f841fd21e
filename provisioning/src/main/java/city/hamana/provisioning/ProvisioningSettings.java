package city.hamana.provisioning;

import city.hamana.link.CertificateAuthority;
import city.hamana.link.Pem;
import city.hamana.link.Settings;
import city.hamana.messages.DeviceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The settings file of this program, checked. The README of the module explains each key.
 *
 * @param folder holds the CA's keys (encrypted), its certificates and the register
 * @param expiredGrace how long after its end a device's last certificate can still be renewed
 * @param names DNS names and addresses under which devices reach the server; the first one stands in tickets
 */
record ProvisioningSettings(
        Path folder,
        Optional<Path> passphraseFile,
        String id,
        String listenAddress,
        int port,
        List<String> names,
        Duration certificateLife,
        Duration backdated,
        Duration crlLife,
        Duration expiredGrace,
        int requestsPerMinute) {

    static final String PASSPHRASE_VARIABLE = "HAMANA_CA_PASSPHRASE";

    /** Settings as {@code init} writes them; what is absent takes its default. */
    static ProvisioningSettings read(Settings settings) {
        ProvisioningSettings read = new ProvisioningSettings(
                settings.path("folder", "."),
                settings.optional("passphrase-file").map(file -> settings.path("passphrase-file")),
                DeviceId.check(settings.text("id", "provisioning")),
                settings.text("listen-address", "0.0.0.0"),
                (int) settings.number("port", 9443, 0, 65_535),
                Arrays.stream(settings.text("names", "localhost,127.0.0.1").split(","))
                        .map(String::strip)
                        .toList(),
                Duration.ofDays(settings.number("certificate-days", 365, 1, 3650)),
                Duration.ofHours(settings.number("backdate-hours", 24, 0, 24 * 3650)),
                Duration.ofDays(settings.number("crl-days", 7, 1, 366)),
                Duration.ofDays(settings.number("expired-grace-days", 400, 0, 3650)),
                (int) settings.number("requests-per-minute", 60, 1, 100_000));
        read.names.stream()
                .filter(name -> !CertificateAuthority.validName(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ProvisioningException.of("names: neither a DNS name nor an IP address: " + name);
                });
        return read;
    }

    /** Where devices find the server when it listens on this port. */
    String address(int listening) {
        String host = names.getFirst();
        return "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + listening;
    }

    /**
     * The passphrase of the CA's keys, from the file or the environment.
     *
     * @throws ProvisioningException if there is neither
     */
    char[] passphrase() {
        return passphrase(passphraseFile);
    }

    static char[] passphrase(Optional<Path> file) {
        return file.map(ProvisioningSettings::firstLine)
                .or(() -> Optional.ofNullable(System.getenv(PASSPHRASE_VARIABLE)))
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> ProvisioningException.of(
                        "no passphrase for the CA's keys: set passphrase-file or " + PASSPHRASE_VARIABLE))
                .toCharArray();
    }

    private static String firstLine(Path file) {
        Pem.requireSecret(file);
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw ProvisioningException.of(file, "the passphrase cannot be read", e);
        }
    }
}
