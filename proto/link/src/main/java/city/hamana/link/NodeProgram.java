package city.hamana.link;

import city.hamana.messages.MalformedException;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.Status;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's program from its start to its end, whatever the node does: identity and its renewal, journal, uplink, settings
 * and commands from city hall, the answer to {@code check}, rounds of its work, and an end in order.
 */
public final class NodeProgram {
    /**
     * The settings that every node has.
     *
     * @param flashBudgetBytes what may be written to the storage in a day
     */
    public record Options(
            Path identityDir,
            Optional<URI> estAddress,
            Path journalFile,
            Journal.Options journal,
            long flashBudgetBytes,
            NodeUplink.Options uplink,
            ClockWatch clock,
            boolean exitWithParent) {
        /** Of these, what city hall may set; see {@link SettingsKeeper}. */
        public static final Set<String> FROM_AFAR = Set.of(
                "est-address",
                "flash-budget-bytes-per-day",
                "gateway-address",
                "journal-quota-bytes",
                "journal-retain-bytes",
                "keep-alive-ms",
                "status-every-ms",
                "uplink-resend-ms",
                "uplink-window-blocks");

        /** Reads {@code identity-dir}, the address of the gateway, the clock, and what has defaults. */
        public static Options of(Settings settings) {
            return new Options(
                    settings.path("identity-dir"),
                    settings.optionalUri("est-address"),
                    settings.path("journal-file", "journal.db"),
                    Journal.Options.of(settings, 1L << 30),
                    settings.number("flash-budget-bytes-per-day", 256L << 20, 1 << 20, 1L << 40),
                    NodeUplink.Options.of(settings),
                    ClockWatch.of(settings),
                    ParentWatch.wanted(settings));
        }

        /** What city hall may set of a node that has settings of its own beside these. */
        public static Set<String> fromAfar(Set<String> own) {
            Set<String> all = new HashSet<>(FROM_AFAR);
            all.addAll(own);
            return Set.copyOf(all);
        }
    }

    /** Makes a node's work once its identity and its journal are there. */
    @FunctionalInterface
    public interface Opening {
        NodeWork open(Supplier<DeviceIdentity> identity, Journal journal);
    }

    private static final Logger LOG = LoggerFactory.getLogger(NodeProgram.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
    private static final long PATIENCE_S = 10;

    private final Options options;
    private final SettingsKeeper<?> keeper;
    private final Counters counters;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile int exitCode;

    /** A program that has not begun; it is run once. */
    public NodeProgram(Options options, SettingsKeeper<?> keeper, Counters counters) {
        this.options = options;
        this.keeper = keeper;
        this.counters = counters;
    }

    /**
     * Runs until the process is told to end, or is to be started anew with other settings. Watching over a parent process
     * ({@link ParentWatch}) is the caller's, who may have more to watch over than a program that has come this far.
     *
     * @return the exit code
     * @throws IdentityException if there is no identity that can be used
     * @throws JournalException if there is no journal that can be used
     */
    public int run(Opening opening) throws InterruptedException {
        Thread hook = new Thread(this::stopInOrder);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return runToEnd(opening);
        } finally {
            stopped.countDown();
            forget(hook);
        }
    }

    private int runToEnd(Opening opening) throws InterruptedException {
        DeviceIdentity me = DeviceIdentity.load(options.identityDir());
        CertificateTime time =
                CertificateTime.of(options.identityDir(), me, options.clock()::synchronised, InstantSource.system());
        try (Renewal renewal = Renewal.start(options.identityDir(), options.estAddress(), me, time, renewed -> {});
                Journal journal = Journal.open(options.journalFile(), me.deviceId(), options.journal());
                NodeWork work = opening.open(renewal::identity, journal);
                NodeUplink uplink = new NodeUplink(
                        renewal::identity,
                        time,
                        journal,
                        () -> status(work),
                        new NodeUplink.CityHallSaid(
                                sent -> keeper.receive(sent, renewal.identity(), time),
                                sent -> command(work, sent, renewal.identity(), time)),
                        options.uplink());
                LocalStatus local = LocalStatus.serve(options.journalFile(), () -> heartbeat(work))) {
            keeper.watch(this::restart);
            uplink.start();
            work.watchedBy(() -> heartbeat(work));
            LOG.info("check asks at {}", local);
            loop(work, uplink);
        }
        return exitCode;
    }

    /** Where a program without its journal tries again and again, its hooks must not add up. */
    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the process ends");
        }
    }

    private Status status(NodeWork work) {
        return work.status().setSettings(keeper.state()).build();
    }

    private Heartbeat heartbeat(NodeWork work) {
        return Heartbeat.newBuilder()
                .setGateway(status(work))
                .addAllNodes(work.attached())
                .build();
    }

    private void command(NodeWork work, byte[] sent, DeviceIdentity me, CertificateTime time) {
        try {
            work.command(SignedCommand.verify(sent, me, time));
        } catch (MalformedException | TrustException e) {
            counters.count("command.not-believed");
            LOG.warn("command not believed: {}", e.getMessage());
        }
    }

    /** Ends in order, to be started again with other settings. */
    private void restart() {
        exitCode = SettingsKeeper.EXIT_RESTART;
        stop.countDown();
    }

    private void loop(NodeWork work, NodeUplink uplink) throws InterruptedException {
        Duration wait = Duration.ZERO;
        while (!stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            wait = round(work);
            uplink.wake();
        }
    }

    private Duration round(NodeWork work) throws InterruptedException {
        try {
            return work.round();
        } catch (JournalException e) {
            counters.count("journal.refused");
            LOG.error("nothing was kept: {}", e.getMessage());
        } catch (RuntimeException e) {
            counters.count("round.failed");
            LOG.error("a round failed, what it was to keep is tried again", e);
        }
        return AFTER_FAULT;
    }

    private void stopInOrder() {
        stop.countDown();
        try {
            if (!stopped.await(PATIENCE_S, TimeUnit.SECONDS)) {
                LOG.warn("stopped in the midst of a round; what was not kept is asked again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
