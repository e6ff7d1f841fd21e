package city.hamana.aggregator;

import city.hamana.capability.oversight.Oversight;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.IdentityException;
import city.hamana.link.ProgramLog;
import city.hamana.link.SettingsException;
import city.hamana.platform.events.Verdict;
import city.hamana.sensing.household.LeakReport;
import city.hamana.sensing.vee.TrialReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code java -jar hamana-aggregator.jar --config FILE}, or {@code --verify-log FILE} for a log taken out of the house. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length == 2 && arguments[0].equals("--verify-log")) {
            System.exit(verified(Path.of(arguments[1])) ? 0 : 1);
        }
        if (arguments.length == 3 && arguments[0].equals("--bench-water")) {
            System.exit(benched(Path.of(arguments[1]), arguments[2]));
        }
        if (arguments.length == 2 && arguments[0].matches("--try-(vee|leaks)")) {
            System.exit(tried(Path.of(arguments[1]), arguments[0].equals("--try-leaks")));
        }
        ProgramLog.start();
        if (arguments.length != 2 || !arguments[0].equals("--config")) {
            System.err.println(
                    "usage: --config FILE | --verify-log FILE | --try-vee FILE | --try-leaks FILE | --bench-water FOLDER METERS");
            System.exit(2);
        }
        try {
            run(Path.of(arguments[1]));
        } catch (SettingsException | IdentityException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (StartException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static boolean verified(Path file) {
        try {
            Verdict verdict = Oversight.verify(file);
            String end = "%d entries, last hash %s".formatted(verdict.entries(), verdict.hash());
            System.out.println(
                    verdict.broken().isEmpty()
                            ? "whole: " + end
                            : "broken at entry " + verdict.broken().getAsLong() + ": " + end);
            return verdict.broken().isEmpty();
        } catch (UncheckedIOException e) {
            System.err.println(
                    file + " cannot be read as a log: " + e.getCause().getMessage());
            return false;
        }
    }

    /** The process's exit code: 0 when every goal was reached, 1 when not, 2 when it could not be measured. */
    private static int benched(Path folder, String meters) {
        if (!meters.matches("[1-9][0-9]{0,5}")) {
            System.err.println("--meters is 1 to 999999, not " + meters);
            return 2;
        }
        try {
            return WaterBench.run(folder, Integer.parseInt(meters), System.out::println) ? 0 : 1;
        } catch (IOException e) {
            System.err.println("it cannot be measured in " + folder + ": " + e.getMessage());
            return 2;
        }
    }

    /** Tries the rules of validation, or the detectors of leaks, on a file of real registers. */
    private static int tried(Path file, boolean leaks) {
        try {
            List<String> lines = leaks
                    ? LeakReport.over(file).lines()
                    : TrialReport.over(file).lines();
            lines.forEach(System.out::println);
            return 0;
        } catch (IOException e) {
            System.err.println(file + " cannot be read: " + e.getMessage());
            return 2;
        }
    }

    private static void run(Path file) throws InterruptedException {
        Settings settings = Settings.read(file);
        Server server = Server.start(settings, DeviceIdentity.load(settings.identityDir()));
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            end.countDown();
        }));
        LOG.info("people at port {}, devices at port {}", server.publicPort(), server.devicePort());
        end.await();
    }
}
