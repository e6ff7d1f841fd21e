package city.hamana.aggregator;

import city.hamana.capability.oversight.Oversight;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.IdentityException;
import city.hamana.link.ProgramLog;
import city.hamana.link.SettingsException;
import city.hamana.platform.events.Verdict;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code java -jar hamana-aggregator.jar --config FILE}; or {@code --verify-log FILE} for a log taken out of the house, or a
 * verb of {@link Analysis}.
 */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length == 2 && arguments[0].equals("--verify-log")) {
            System.exit(verified(Path.of(arguments[1])) ? 0 : 1);
        }
        if (arguments.length > 0 && Analysis.VERBS.contains(arguments[0])) {
            System.exit(Analysis.commandLine().execute(arguments));
        }
        ProgramLog.start();
        if (arguments.length != 2 || !arguments[0].equals("--config")) {
            System.err.println(
                    "usage: --config FILE | --verify-log FILE | leaks --inflow FILE | vee FILE | bench-water");
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
