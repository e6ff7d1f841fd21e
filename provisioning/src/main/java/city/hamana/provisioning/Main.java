package city.hamana.provisioning;

import city.hamana.link.DeviceIdentity;
import city.hamana.link.Enrolment;
import city.hamana.link.EnrolmentException;
import city.hamana.link.IdentityException;
import city.hamana.link.ParentWatch;
import city.hamana.link.Pem;
import city.hamana.link.ProgramLog;
import city.hamana.link.Role;
import city.hamana.link.Settings;
import city.hamana.link.SettingsException;
import city.hamana.link.Ticket;
import city.hamana.link.TrustException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the device CA; every fault is one line on standard error and exit code 1. */
@Command(
        name = "provision",
        mixinStandardHelpOptions = true,
        version = "Hamana provisioning 0.1",
        synopsisSubcommandLabel = "COMMAND",
        description = "The city's device CA: makes it, serves EST, hands out one-time codes, revokes.")
public final class Main {
    private static final String CONFIG = "provisioning.properties";
    private static final String REGISTER = "register.db";

    private final Clock clock = Clock.systemUTC();

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        ProgramLog.start();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
    }

    /** Makes the CA and a settings file. */
    @Command(description = "Make a CA and its settings file in a new folder.", mixinStandardHelpOptions = true)
    int init(
            @Option(names = "--dir", required = true, description = "The CA's folder, made if missing") Path folder,
            @Option(names = "--city", required = true, description = "The city's name, as it stands in certificates")
                    String city,
            @Option(
                            names = "--name",
                            defaultValue = "localhost,127.0.0.1",
                            split = ",",
                            description = "DNS names and addresses under which devices reach the server")
                    List<String> names,
            @Option(names = "--port", defaultValue = "9443", description = "The server's port") int port,
            @Option(
                            names = "--passphrase-file",
                            description = "Holds the passphrase of the CA's keys; made, mode 0600, if missing. Without"
                                    + " it the environment's " + ProvisioningSettings.PASSPHRASE_VARIABLE + " is taken")
                    Optional<Path> passphraseFile) {
        passphraseFile.filter(file -> !Files.exists(file)).ifPresent(file -> Pem.replaceSecret(file, newPassphrase()));
        Path config = folder.resolve(CONFIG);
        if (Files.exists(config)) {
            throw ProvisioningException.of(config + " exists already; it is not overwritten");
        }
        CaFolder ca = CaFolder.create(folder, city, ProvisioningSettings.passphrase(passphraseFile), clock.instant());
        Pem.replace(config, settingsText(names, port, passphraseFile));
        say("made the device CA of " + city + " in " + folder);
        say("root CA fingerprint (SHA-256): " + ca.fingerprint());
        say("now move " + folder.resolve(CaFolder.ROOT_KEY) + " to a stick in a safe; serving does not need it");
        return 0;
    }

    /** Runs the EST server until it is stopped. */
    @Command(description = "Run the EST server.", mixinStandardHelpOptions = true)
    int serve(@Option(names = "--config", defaultValue = CONFIG, description = "Settings file") Path config)
            throws InterruptedException {
        Settings file = Settings.read(config);
        ProvisioningSettings settings = ProvisioningSettings.read(file);
        ParentWatch.startIfWanted(file);
        file.done();
        try (EstServer server = new EstServer(authority(settings), settings, clock)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
            say("ready " + settings.address(server.port()));
            Thread.currentThread().join();
        }
        return 0;
    }

    /** Prints a ticket with a fresh one-time code. */
    @Command(
            description = "Admit a device: print its enrolment ticket with a one-time code and the CA's fingerprint.",
            mixinStandardHelpOptions = true)
    int code(
            @Option(names = "--config", defaultValue = CONFIG, description = "Settings file") Path config,
            @Option(names = "--device", required = true, description = "Device id") String device,
            @Option(names = "--role", required = true, description = "node, gateway, aggregator or provisioning")
                    String role,
            @Option(
                            names = "--dns",
                            defaultValue = "",
                            split = ",",
                            description = "DNS names and addresses of a device that others connect to")
                    List<String> names,
            @Option(names = "--valid-hours", defaultValue = "72", description = "How long the code is good") int hours,
            @Option(names = "--out", description = "Write the ticket to a file, mode 0600, instead of printing it")
                    Optional<Path> out) {
        ProvisioningSettings settings = read(config);
        Instant now = clock.instant();
        Role wanted = Role.of(role).orElseThrow(() -> ProvisioningException.of("no such role: " + role));
        String code = RegistrationAuthority.admit(
                register(settings),
                device,
                wanted,
                names.stream().filter(name -> !name.isEmpty()).toList(),
                Duration.ofHours(hours),
                now);
        Ticket ticket = new Ticket(
                URI.create(settings.address(settings.port())),
                device,
                wanted,
                code,
                Optional.of(CaFolder.trust(settings.folder()).fingerprint()));
        String text = "# good once, until " + now.plus(Duration.ofHours(hours)) + "\n" + ticket.text();
        out.ifPresentOrElse(file -> Pem.replaceSecret(file, text), () -> say(text.stripTrailing()));
        return 0;
    }

    /** The device's side: turns a ticket into an identity. */
    @Command(
            description = "On the device: enrol with a ticket; the key is made here and stays here.",
            mixinStandardHelpOptions = true)
    int enrol(
            @Option(names = "--dir", required = true, description = "The identity's folder") Path folder,
            @Option(names = "--ticket", required = true, description = "Ticket file; - reads standard input") Path file)
            throws IOException {
        DeviceIdentity identity = Enrolment.enrol(folder, Ticket.read(file, System.in));
        say("enrolled " + identity.deviceId() + " as " + identity.role().word() + " until "
                + identity.certificate().getNotAfter().toInstant());
        return 0;
    }

    /** The device's side: renews an identity. */
    @Command(description = "On the device: renew its certificate with a fresh key.", mixinStandardHelpOptions = true)
    int renew(
            @Option(names = "--dir", required = true, description = "The identity's folder") Path folder,
            @Option(names = "--est", required = true, description = "https://host:port of the EST server") URI est,
            @Option(names = "--if-due", description = "Only when two thirds of its life are over") boolean ifDue) {
        if (ifDue && !DeviceIdentity.load(folder).renewalDue(clock.instant())) {
            say("not due yet");
            return 0;
        }
        DeviceIdentity identity = Enrolment.renew(folder, est);
        say("renewed " + identity.deviceId() + " until "
                + identity.certificate().getNotAfter().toInstant());
        return 0;
    }

    /** Prints the register. */
    @Command(description = "List every certificate issued, oldest first.", mixinStandardHelpOptions = true)
    int list(@Option(names = "--config", defaultValue = CONFIG, description = "Settings file") Path config) {
        Instant now = clock.instant();
        register(read(config)).certificates().forEach(one -> say(line(one, now)));
        return 0;
    }

    private static String line(IssuedCertificate one, Instant now) {
        List<String> parts = new ArrayList<>(List.of(
                one.serial(),
                one.device(),
                one.role().word(),
                "issued " + one.issued(),
                "until " + one.notAfter(),
                one.revoked().map(at -> "revoked " + at).orElse(one.notAfter().isBefore(now) ? "expired" : "good")));
        one.expiredDays()
                .ifPresent(days -> parts.add("renewed " + days + " days after the end of "
                        + one.predecessor().orElse("another")));
        return String.join("  ", parts);
    }

    /** Revokes one certificate, or all of a device. */
    @Command(description = "Revoke a certificate, or all of a device.", mixinStandardHelpOptions = true)
    int revoke(
            @Option(names = "--config", defaultValue = CONFIG, description = "Settings file") Path config,
            @Parameters(paramLabel = "SERIAL|DEVICE", description = "Serial number in hex, or device id") String what) {
        int revoked = register(read(config)).revoke(what, clock.instant());
        if (revoked == 0) {
            throw ProvisioningException.of("nothing to revoke: no unrevoked certificate of " + what);
        }
        say("revoked " + revoked + (revoked == 1 ? " certificate" : " certificates"));
        return 0;
    }

    /** Writes the revocation list. */
    @Command(description = "Write the current revocation list (PEM).", mixinStandardHelpOptions = true)
    int crl(
            @Option(names = "--config", defaultValue = CONFIG, description = "Settings file") Path config,
            @Option(names = "--out", required = true, description = "File to write") Path out) {
        Pem.replace(out, Pem.text("X509 CRL", authority(read(config)).crl()));
        return 0;
    }

    private RegistrationAuthority authority(ProvisioningSettings settings) {
        CaFolder ca = CaFolder.open(settings.folder(), settings.passphrase());
        return new RegistrationAuthority(ca, register(settings), settings, clock);
    }

    private static Register register(ProvisioningSettings settings) {
        CaFolder.trust(settings.folder());
        return new Register(settings.folder().resolve(REGISTER));
    }

    private static ProvisioningSettings read(Path config) {
        return ProvisioningSettings.read(Settings.read(config));
    }

    private static String settingsText(List<String> names, int port, Optional<Path> passphraseFile) {
        return "# Settings of the EST server; the README of provisioning explains them.\nfolder=.\nnames="
                + String.join(",", names) + "\nport=" + port + "\n"
                + passphraseFile
                        .map(file -> "passphrase-file=" + file.toAbsolutePath() + "\n")
                        .orElse("");
    }

    private static String newPassphrase() {
        return OneTimeCode.fresh() + "-" + OneTimeCode.fresh() + "\n";
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private static int explain(Exception fault, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        return switch (fault) {
            case ProvisioningException e -> oneLine(line, e);
            case SettingsException e -> oneLine(line, e);
            case IdentityException e -> oneLine(line, e);
            case TrustException e -> oneLine(line, e);
            case EnrolmentException e -> oneLine(line, e);
            case IllegalArgumentException e -> oneLine(line, e);
            case UncheckedIOException e when e.getCause() instanceof BindException -> oneLine(line, e);
            default -> throw fault;
        };
    }

    private static int oneLine(CommandLine line, Exception e) {
        line.getErr().println("provision: " + e.getMessage());
        return 1;
    }
}
