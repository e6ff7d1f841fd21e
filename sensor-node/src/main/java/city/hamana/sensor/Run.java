package city.hamana.sensor;

import city.hamana.link.Counters;
import city.hamana.link.IdentityException;
import city.hamana.link.JournalException;
import city.hamana.link.NodeProgram;
import city.hamana.link.ParentWatch;
import city.hamana.link.ProgramLog;
import city.hamana.link.SettingsException;
import city.hamana.link.SettingsKeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the sensor node until it is told to stop. */
@Command(name = "run", description = "Watches the road, switches its sign, reads analysers, sends to the gateway.")
final class Run implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Settings of the node.")
    private Path config;

    private final CountDownLatch stop = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        ProgramLog.start();
        ProgramLog.endOnFault();
        try (SettingsKeeper<SensorSettings> keeper =
                SettingsKeeper.open(config, SensorSettings.FROM_AFAR, SensorSettings::read)) {
            return run(keeper);
        } catch (SettingsException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private int run(SettingsKeeper<SensorSettings> keeper) throws InterruptedException {
        SensorSettings settings = keeper.settings();
        ParentWatch.startIf(settings.program().exitWithParent());
        Counters counters = new Counters();
        Outbox outbox = new Outbox(counters);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown));
        try (Equipped equipped = Equipped.start(settings, counters, outbox)) {
            Runtime.getRuntime().addShutdownHook(new Thread(equipped::close));
            String sort = settings.simulated().isPresent() ? " on a SIMULATED Pi" : "";
            System.out.println("watches" + sort + " with " + equipped.hanging().size() + " gauges and analysers");
            return send(settings, keeper, counters, outbox, equipped);
        }
    }

    /** The road is watched whether or not there is an identity and a journal; they are looked for again and again. */
    private int send(
            SensorSettings settings,
            SettingsKeeper<SensorSettings> keeper,
            Counters counters,
            Outbox outbox,
            Equipped equipped)
            throws InterruptedException {
        do {
            try {
                return new NodeProgram(settings.program(), keeper, counters)
                        .run((identity, journal) -> new SensorNode(
                                identity, journal, settings, outbox, equipped.guard(), equipped.hanging(), counters));
            } catch (IdentityException | JournalException e) {
                counters.count("journal.refused");
                LOG.error("nothing is kept or sent, the road is watched all the same: {}", e.getMessage());
            }
        } while (!stop.await(AFTER_FAULT.toMillis(), TimeUnit.MILLISECONDS));
        return 1;
    }
}
