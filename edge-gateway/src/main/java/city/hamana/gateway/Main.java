package city.hamana.gateway;

import city.hamana.link.IdentityException;
import city.hamana.link.JournalException;
import city.hamana.link.ProgramLog;
import city.hamana.link.SettingsException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** {@code java -jar hamana-edge-gateway.jar run --config FILE}: runs until it is told to stop. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length != 3 || !args[0].equals("run") || !args[1].equals("--config")) {
            stop("usage: edge-gateway run --config FILE");
        }
        ProgramLog.start();
        ProgramLog.endOnFault();
        try {
            run(GatewaySettings.read(Path.of(args[2])));
        } catch (SettingsException | IdentityException | JournalException | GatewayException e) {
            stop(e.getMessage());
        }
    }

    private static void run(GatewaySettings settings) throws InterruptedException {
        Gateway gateway = Gateway.start(settings);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            gateway.close();
            stopped.countDown();
        }));
        System.out.println("gateway serves nodes on port " + settings.brokerPort());
        stopped.await();
    }

    private static void stop(String why) {
        System.err.println(why);
        System.exit(1);
    }
}
