package city.hamana.link;

import city.hamana.link.SettingsFiles.Progress;
import city.hamana.link.SettingsFiles.Refused;
import city.hamana.messages.MalformedException;
import city.hamana.messages.v1.RemoteSettings;
import city.hamana.messages.v1.SettingsState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program's settings, where city hall may change some of them. A new version is first read the way the program reads
 * its settings; then it is in force, on trial, and the program is to end with {@link #EXIT_RESTART} so that its service
 * manager starts it anew. It stays if the same version comes again from city hall after that. It is taken back by itself
 * if its time runs out without that, if the program had to be started more than four times, or if it cannot be read.
 *
 * <p>Time here is the time that the program ran, over all its starts; the clock may jump as it likes. Thread-safe.
 */
public final class SettingsKeeper<S> implements AutoCloseable {
    /** "Try again" (EX_TEMPFAIL of sysexits.h): the service manager is to start the program again. */
    public static final int EXIT_RESTART = 75;

    /** What became of settings that came. */
    public enum Reply {
        /** In force from the next start on: the program ends now. */
        RESTART,
        /** City hall still wants what is in force. */
        CONFIRMED,
        /** Not taken; {@link #state} says why. */
        REFUSED,
        /** Not from city hall or not for this device: nothing changed. */
        NOT_BELIEVED
    }

    private static final Logger LOG = LoggerFactory.getLogger(SettingsKeeper.class);
    private static final int MOST_STARTS = 4;
    private static final int MOST_VALUES = 100;
    private static final int LONGEST_VALUE = 1_000;
    private static final Duration LEAST_TRIAL = Duration.ofSeconds(1);
    private static final Duration MOST_TRIAL = Duration.ofDays(30);
    private static final Duration NOTE_EVERY = Duration.ofMinutes(1);

    private final Path file;
    private final Set<String> allowed;
    private final Function<Settings, S> reader;
    private final SettingsFiles files;
    private final LongSupplier nanos;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final S settings;
    private RemoteOverlay inForce = RemoteOverlay.NONE;
    private Refused refused;
    private Progress progress = new Progress(0, 0, 0);
    private long notedNanos;
    private boolean ending;
    private Runnable restart = () -> {};

    private SettingsKeeper(
            Path file, Set<String> allowed, Function<Settings, S> reader, SettingsFiles.Disk disk, LongSupplier nanos) {
        this.file = file;
        this.allowed = Set.copyOf(allowed);
        this.reader = reader;
        this.files = new SettingsFiles(file, disk);
        this.nanos = nanos;
        this.notedNanos = nanos.getAsLong();
        this.refused = files.refused();
        recover();
        this.settings = readAtStart();
    }

    /**
     * Reads a program's settings; to be called once, at start.
     *
     * @param allowed keys that city hall may set
     * @param reader reads and checks the program's settings and does nothing else; refuses by SettingsException or
     *     IllegalArgumentException
     * @throws SettingsException or IllegalArgumentException if the settings file itself cannot be used
     */
    public static <S> SettingsKeeper<S> open(Path file, Set<String> allowed, Function<Settings, S> reader) {
        return open(file, allowed, reader, SettingsFiles.Disk.REAL, System::nanoTime);
    }

    static <S> SettingsKeeper<S> open(
            Path file, Set<String> allowed, Function<Settings, S> reader, SettingsFiles.Disk disk, LongSupplier nanos) {
        allowed.stream().filter(SettingsKeeper::neverFromAfar).findFirst().ifPresent(key -> {
            throw new IllegalArgumentException(key + " can never be set from afar");
        });
        return new SettingsKeeper<>(file, allowed, reader, disk, nanos);
    }

    /** How a program's settings stand on the disk, for {@code check}; nothing is changed. */
    public static SettingsState kept(Path file) {
        SettingsFiles files = new SettingsFiles(file, SettingsFiles.Disk.REAL);
        Refused refused = files.refused();
        SettingsState.Builder state =
                SettingsState.newBuilder().setRefusedVersion(refused.version()).setReason(refused.reason());
        try {
            RemoteOverlay now = files.inForce();
            return state.setVersion(now.version())
                    .setOnTrial(now.trial().isPresent())
                    .build();
        } catch (SettingsException e) {
            return state.setReason(e.getMessage()).build();
        }
    }

    /** Keys by which a device would lose itself: who it is, where its readings are, what time it is. */
    private static boolean neverFromAfar(String key) {
        return key.startsWith("clock-")
                || Set.of("identity-dir", "journal-file", "broker-dir", "exit-with-parent")
                        .contains(key);
    }

    /** The settings of this run. */
    public S settings() {
        return settings;
    }

    /**
     * Watches over a trial from now on.
     *
     * @param endInOrder ends the program with {@link #EXIT_RESTART}; called at most once, on whichever thread
     */
    public void watch(Runnable endInOrder) {
        synchronized (this) {
            restart = endInOrder;
        }
        Thread.ofPlatform().name("settings-trial").daemon().start(this::watchTrial);
    }

    /**
     * Takes what came from city hall.
     *
     * @param attested an Attested with RemoteSettings, as it came
     */
    public Reply receive(byte[] attested, DeviceIdentity me, CertificateTime time) {
        try {
            return take(SignedSettings.verify(attested, me, time));
        } catch (MalformedException | TrustException e) {
            LOG.warn("settings from afar not believed: {}", e.getMessage());
            return Reply.NOT_BELIEVED;
        }
    }

    /** For the device's status. */
    public synchronized SettingsState state() {
        return SettingsState.newBuilder()
                .setVersion(inForce.version())
                .setOnTrial(inForce.trial().isPresent())
                .setRefusedVersion(refused.version())
                .setReason(refused.reason())
                .build();
    }

    @Override
    public void close() {
        closing.countDown();
    }

    // --- at start ------------------------------------------------------------------------------------------------

    /** Completes what a power cut has broken off, and counts the start. */
    private void recover() {
        try {
            inForce = files.inForce();
        } catch (SettingsException e) {
            takeBack("the settings that were in force cannot be read any more");
            return;
        }
        if (inForce.trial().isEmpty()) {
            return;
        }
        Progress before = files.progress(inForce.version());
        if (refused.version() == inForce.version()) {
            takeBack(refused.reason()); // It was being taken back when the power went.
        } else if (before.starts() >= MOST_STARTS) {
            takeBack("city hall did not confirm it in " + MOST_STARTS + " starts of the program");
        } else if (before.spentMs() >= inForce.trial().get().toMillis()) {
            takeBack(outOfTime());
        } else {
            note(new Progress(inForce.version(), before.spentMs(), before.starts() + 1));
        }
    }

    private S readAtStart() {
        while (true) {
            try {
                return reader.apply(Settings.read(file, inForce));
            } catch (SettingsException | IllegalArgumentException e) {
                if (inForce.version() == 0) {
                    throw e;
                }
                takeBack("the program cannot start with it: " + e.getMessage());
            }
        }
    }

    // --- what comes ----------------------------------------------------------------------------------------------

    private synchronized Reply take(RemoteSettings offered) {
        if (ending) {
            return Reply.RESTART; // It may be the message that ends us; only a new start can confirm.
        }
        if (offered.getVersion() == inForce.version() && inForce.version() > 0) {
            return confirm();
        }
        if (offered.getVersion() <= Math.max(inForce.version(), refused.version())) {
            LOG.debug("settings version {} was had already", offered.getVersion());
            return Reply.REFUSED; // Not remembered: the reason why the newest was refused is what city hall needs.
        }
        Optional<String> wrong = wrongWith(offered);
        if (wrong.isPresent()) {
            return refuse(offered.getVersion(), wrong.get());
        }
        return apply(new RemoteOverlay(
                offered.getVersion(),
                Optional.of(Duration.ofMillis(offered.getConfirmWithinMs())),
                offered.getValuesMap()));
    }

    private Reply confirm() {
        if (inForce.trial().isPresent()) {
            try {
                files.confirm();
            } catch (IdentityException e) {
                LOG.warn("settings confirmed, which cannot be kept: {}", e.getMessage());
                return Reply.CONFIRMED;
            }
            inForce = inForce.confirmed();
            LOG.info("settings version {} confirmed by city hall", inForce.version());
        }
        return Reply.CONFIRMED;
    }

    private Optional<String> wrongWith(RemoteSettings offered) {
        long trial = offered.getConfirmWithinMs();
        if (trial < LEAST_TRIAL.toMillis() || trial > MOST_TRIAL.toMillis()) {
            return Optional.of("the time to confirm is " + trial + " ms, outside " + LEAST_TRIAL.toMillis() + " to "
                    + MOST_TRIAL.toMillis());
        }
        return wrongWith(offered.getValuesMap()).or(() -> unreadable(offered));
    }

    private Optional<String> wrongWith(Map<String, String> values) {
        if (values.size() > MOST_VALUES) {
            return Optional.of("more than " + MOST_VALUES + " settings");
        }
        for (Map.Entry<String, String> value : values.entrySet()) {
            if (!allowed.contains(value.getKey())) {
                return Optional.of(shown(value.getKey()) + " cannot be set from afar");
            }
            if (value.getValue().length() > LONGEST_VALUE || value.getValue().matches("(?s).*\\p{Cntrl}.*")) {
                return Optional.of(value.getKey() + " is longer than " + LONGEST_VALUE + " or not one line");
            }
        }
        return Optional.empty();
    }

    private Optional<String> unreadable(RemoteSettings offered) {
        RemoteOverlay overlay = new RemoteOverlay(offered.getVersion(), Optional.empty(), offered.getValuesMap());
        try {
            var unused = reader.apply(Settings.read(file, overlay));
            return Optional.empty();
        } catch (SettingsException | IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Reply apply(RemoteOverlay next) {
        try {
            files.apply(next);
        } catch (IdentityException | SettingsException e) {
            return refuse(next.version(), "it cannot be kept: " + e.getMessage());
        }
        LOG.info("settings version {} from city hall; the program ends to start with it", next.version());
        end();
        return Reply.RESTART;
    }

    private Reply refuse(long version, String reason) {
        LOG.warn("settings version {} refused: {}", version, reason);
        remember(new Refused(version, reason));
        return Reply.REFUSED;
    }

    // --- the trial -----------------------------------------------------------------------------------------------

    private void watchTrial() {
        try {
            while (!closing.await(untilNextLook().toMillis(), TimeUnit.MILLISECONDS) && !tick()) {
                // The tick has done it all.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Duration untilNextLook() {
        Duration left = inForce.trial()
                .map(limit -> limit.minusMillis(progress.spentMs()))
                .orElse(Duration.ZERO);
        return left.compareTo(NOTE_EVERY) < 0 ? left.plusMillis(1) : NOTE_EVERY;
    }

    /** Notes the time that has gone by; returns whether there is nothing to watch any more. */
    synchronized boolean tick() {
        if (ending || inForce.trial().isEmpty()) {
            return true;
        }
        long now = nanos.getAsLong();
        long spent = progress.spentMs() + (now - notedNanos) / 1_000_000;
        notedNanos = now;
        note(new Progress(inForce.version(), spent, progress.starts()));
        if (spent < inForce.trial().get().toMillis()) {
            return false;
        }
        takeBack(outOfTime());
        end();
        return true;
    }

    private String outOfTime() {
        return "city hall did not confirm it within "
                + inForce.trial().orElse(Duration.ZERO).toSeconds() + " s of the program's running";
    }

    private void end() {
        ending = true;
        restart.run();
    }

    /** Goes back; the reason is kept first, so that a start after a power cut can go on with it. */
    private void takeBack(String reason) {
        LOG.warn("settings version {} taken back: {}", inForce.version(), reason);
        // The highest one is kept: nothing up to it is ever taken again.
        remember(new Refused(Math.max(inForce.version(), refused.version()), reason));
        try {
            if (inForce.trial().isPresent() || inForce.version() == 0) {
                files.takeBack();
            } else {
                files.drop();
            }
            inForce = files.inForce();
        } catch (IdentityException | SettingsException e) {
            LOG.error("the settings file alone counts until the next start: {}", e.getMessage());
            inForce = RemoteOverlay.NONE;
        }
    }

    private void remember(Refused what) {
        refused = what;
        try {
            files.refuse(what);
        } catch (IdentityException e) {
            LOG.warn("not kept for the next start: {}", e.getMessage());
        }
    }

    private void note(Progress now) {
        progress = now;
        try {
            files.note(now);
        } catch (IdentityException e) {
            LOG.warn("the trial's progress is not kept: {}", e.getMessage());
        }
    }

    private static String shown(String key) {
        String plain = key.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 60 ? plain.substring(0, 60) + "…" : plain;
    }
}
