package city.hamana.gateway;

import city.hamana.link.IdentityException;
import city.hamana.link.JournalException;
import city.hamana.link.ParentWatch;
import city.hamana.link.ProgramLog;
import city.hamana.link.SettingsException;
import city.hamana.link.SettingsKeeper;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the gateway until it is told to stop. */
@Command(name = "run", description = "Serves the nodes of a site and sends to city hall.")
final class Run implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Settings of the gateway.")
    private Path config;

    @Override
    public Integer call() throws InterruptedException {
        ProgramLog.start();
        ProgramLog.endOnFault();
        try {
            return run(SettingsKeeper.open(config, GatewaySettings.FROM_AFAR, GatewaySettings::read));
        } catch (SettingsException
                | IdentityException
                | JournalException
                | GatewayException
                | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 1;
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
}
