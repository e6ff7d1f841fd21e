package city.hamana.aggregator;

import city.hamana.link.DeviceIdentity;
import city.hamana.link.IdentityException;
import city.hamana.link.ProgramLog;
import city.hamana.link.SettingsException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code java -jar hamana-aggregator.jar --config FILE} */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        ProgramLog.start();
        if (arguments.length != 2 || !arguments[0].equals("--config")) {
            System.err.println("usage: --config FILE");
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
