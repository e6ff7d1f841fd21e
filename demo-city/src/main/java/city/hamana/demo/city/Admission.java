package city.hamana.demo.city;

import city.hamana.link.DeviceIdentity;
import city.hamana.link.Enrolment;
import city.hamana.link.Role;
import city.hamana.link.Ticket;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Gives a device its identity the way staff and technician do: a one-time code from the CA, an enrolment over EST. */
public record Admission(Installation installation, Path config, URI est) {
    private static final int HEAP_MEGABYTES = 64;

    /** Enrols a device that has no identity yet and renews one that is due; gives what was done. */
    String admit(Path identity, String device, Role role) {
        if (!DeviceIdentity.present(identity)) {
            enrol(identity, device, role);
            return device + " is enrolled";
        }
        if (DeviceIdentity.load(identity).renewalDue(Instant.now())) {
            Enrolment.renew(identity, est);
            return device + " has renewed its certificate";
        }
        return device + " is known";
    }

    private void enrol(Path identity, String device, Role role) {
        Path file = identity.resolveSibling(device + ".ticket");
        List<String> arguments = new ArrayList<>(List.of(
                "code",
                "--config",
                config.toString(),
                "--device",
                device,
                "--role",
                role.word(),
                "--out",
                file.toString()));
        if (role.serves()) {
            arguments.addAll(List.of("--dns", "localhost,127.0.0.1"));
        }
        run(installation.command("provisioning", HEAP_MEGABYTES, arguments));
        Ticket ticket = Ticket.read(file);
        Enrolment.enrol(identity, new Ticket(est, device, role, ticket.code(), ticket.caFingerprint()));
        delete(file);
    }

    /** Runs a command to its end. */
    static void run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw DemoException.of(
                        said.strip().lines().reduce((first, last) -> last).orElse("no reason given"));
            }
        } catch (IOException e) {
            throw DemoException.of("a program cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DemoException.of("the city is being stopped");
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw DemoException.of(file + " cannot be deleted", e);
        }
    }
}
