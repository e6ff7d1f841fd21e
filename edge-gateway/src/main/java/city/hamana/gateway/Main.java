package city.hamana.gateway;

import city.hamana.link.IdentityException;
import city.hamana.link.JournalException;
import city.hamana.link.ParentWatch;
import city.hamana.link.ProgramLog;
import city.hamana.link.SettingsException;
import city.hamana.link.SettingsKeeper;
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
            System.exit(run(SettingsKeeper.open(Path.of(args[2]), GatewaySettings.FROM_AFAR, GatewaySettings::read)));
        } catch (SettingsException | IdentityException | JournalException | GatewayException e) {
            stop(e.getMessage());
        }
    }

    /** Runs until the program is told to stop; returns the exit code when it ends itself to start with other settings. */
    private static int run(SettingsKeeper<GatewaySettings> keeper) throws InterruptedException {
        ParentWatch.startIf(keeper.settings().exitWithParent());
        Gateway gateway = Gateway.start(keeper);
        CountDownLatch restart = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
        keeper.watch(restart::countDown);
        System.out.println("gateway serves nodes on port " + keeper.settings().brokerPort());
        restart.await();
        return SettingsKeeper.EXIT_RESTART;
    }

    private static void stop(String why) {
        System.err.println(why);
        System.exit(1);
    }
}
