package city.hamana.meter;

import city.hamana.link.CertificateTime;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.IdentityException;
import city.hamana.link.Journal;
import city.hamana.link.JournalException;
import city.hamana.link.LocalStatus;
import city.hamana.link.NodeUplink;
import city.hamana.link.ParentWatch;
import city.hamana.link.ProgramLog;
import city.hamana.link.Renewal;
import city.hamana.link.SettingsException;
import city.hamana.link.SettingsKeeper;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.Status;
import city.hamana.meter.line.Counters;
import city.hamana.meter.line.Roster;
import city.hamana.meter.line.Source;
import city.hamana.meter.pulse.PulseMeter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the meter node until it is told to stop. */
@Command(name = "run", description = "Reads meters and sends their readings to the gateway.")
final class Run implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Settings of the node.")
    private Path config;

    private final Counters counters = new Counters();
    private volatile int exitCode;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        ProgramLog.start();
        ProgramLog.endOnFault();
        try {
            return run(SettingsKeeper.open(config, NodeSettings.FROM_AFAR, NodeSettings::read));
        } catch (SettingsException | IdentityException | JournalException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private int run(SettingsKeeper<NodeSettings> keeper) throws InterruptedException {
        NodeSettings settings = keeper.settings();
        ParentWatch.startIf(settings.exitWithParent());
        DeviceIdentity me = DeviceIdentity.load(settings.identityDir());
        CertificateTime time =
                CertificateTime.of(settings.identityDir(), me, settings.clock()::synchronised, InstantSource.system());
        Roster roster = new Roster(counters);
        MeterKeys keys = MeterKeys.open(settings.keys());
        List<Source> sources = settings.sources(roster, keys);
        List<PulseMeter> pulses = settings.pulses().open(settings.schedule(), roster);
        try (keeper;
                Renewal identity =
                        Renewal.start(settings.identityDir(), settings.estAddress(), me, time, renewed -> {});
                Journal journal = Journal.open(settings.journalFile(), me.deviceId(), settings.journal());
                MeterNode node = new MeterNode(
                        identity::identity,
                        journal,
                        sources,
                        settings.clock(),
                        settings.zone(),
                        settings.flashBudgetBytes(),
                        new MeterNode.Reads(settings.schedule(), keys, pulses, counters, roster));
                NodeUplink uplink = new NodeUplink(
                        identity::identity,
                        time,
                        journal,
                        () -> status(node, keeper),
                        new NodeUplink.CityHallSaid(
                                sent -> keeper.receive(sent, identity.identity(), time),
                                command -> counters.count("command.unknown")),
                        settings.uplink());
                LocalStatus local = LocalStatus.serve(settings.journalFile(), () -> heartbeat(node, keeper))) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::stopInOrder));
            keeper.watch(this::restart);
            uplink.start();
            LOG.info("check asks at {}", local);
            System.out.println(me.deviceId() + " reads meters on " + sources.size() + " lines");
            loop(node, uplink, settings.pollEvery());
        } finally {
            stopped.countDown();
        }
        return exitCode;
    }

    private static Status status(MeterNode node, SettingsKeeper<?> keeper) {
        return node.status().setSettings(keeper.state()).build();
    }

    private static Heartbeat heartbeat(MeterNode node, SettingsKeeper<?> keeper) {
        return Heartbeat.newBuilder()
                .setGateway(status(node, keeper))
                .addAllNodes(node.meters())
                .build();
    }

    /** Ends in order, to be started again with other settings. */
    private void restart() {
        exitCode = SettingsKeeper.EXIT_RESTART;
        stop.countDown();
    }

    private void loop(MeterNode node, NodeUplink uplink, Duration pause) throws InterruptedException {
        Duration wait = Duration.ZERO;
        while (!stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            wait = round(node, pause);
            uplink.wake();
        }
    }

    /** One round; returns how long to wait before the next. */
    private Duration round(MeterNode node, Duration pause) {
        try {
            return node.tick() ? Duration.ZERO : pause;
        } catch (JournalException e) {
            counters.count("journal.refused");
            LOG.error("nothing was taken from the meters: {}", e.getMessage());
        } catch (RuntimeException e) {
            counters.count("round.failed");
            LOG.error("a round failed, the meters keep what they had", e);
        }
        return AFTER_FAULT;
    }

    private void stopInOrder() {
        stop.countDown();
        try {
            if (!stopped.await(10, TimeUnit.SECONDS)) {
                LOG.warn("stopped in the midst of a round; the meters repeat what was not kept");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
