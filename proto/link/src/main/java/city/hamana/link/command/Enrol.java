package city.hamana.link.command;

import city.hamana.link.DeviceIdentity;
import city.hamana.link.Enrolment;
import city.hamana.link.EnrolmentException;
import city.hamana.link.IdentityException;
import city.hamana.link.ProgramLog;
import city.hamana.link.Role;
import city.hamana.link.Settings;
import city.hamana.link.SettingsException;
import city.hamana.link.Ticket;
import city.hamana.link.TrustException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes this machine the device that a ticket names. */
@Command(
        name = "enrol",
        description = "Makes this device's key, which stays here, and fetches its certificate with a ticket.")
public final class Enrol implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Settings of the program.")
    private Path config;

    @Option(
            names = "--ticket",
            required = true,
            paramLabel = "FILE",
            description = "The ticket from city hall; - reads standard input.")
    private Path ticket;

    @Spec
    private CommandSpec spec;

    private final Role role;
    private final Function<Settings, Path> identityDir;

    /**
     * For devices of one role.
     *
     * @param identityDir the folder of the identity, from the program's settings
     */
    public Enrol(Role role, Function<Settings, Path> identityDir) {
        this.role = role;
        this.identityDir = identityDir;
    }

    @Override
    public Integer call() throws IOException {
        ProgramLog.start();
        try {
            Path folder = identityDir.apply(Settings.read(config));
            DeviceIdentity identity =
                    Enrolment.enrol(folder, Ticket.read(ticket, System.in).as(role));
            say(spec.commandLine().getOut(), enrolled(identity));
            return 0;
        } catch (SettingsException
                | EnrolmentException
                | IdentityException
                | TrustException
                | IllegalArgumentException e) {
            say(spec.commandLine().getErr(), e.getMessage());
            return 1;
        }
    }

    private static String enrolled(DeviceIdentity identity) {
        return "enrolled " + identity.deviceId() + " until "
                + identity.certificate().getNotAfter().toInstant() + "; now start the program, or start it again";
    }

    private static void say(PrintWriter to, String line) {
        to.println(line);
        to.flush();
    }
}
