package city.hamana.link;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running program's identity, renewed by itself over EST when two thirds of the certificate's life are over, and tried
 * again with growing waits until it succeeds: months are left then. It goes on trying after the certificate has expired;
 * the server still renews the last one for some time. Without an EST address it stays as it is.
 */
public final class Renewal implements AutoCloseable {
    /** Gets a fresh identity into a folder; {@link Enrolment#renew} but in tests. */
    @FunctionalInterface
    interface Renewer {
        DeviceIdentity renew(Path folder, URI est);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration LOOK_EVERY = Duration.ofHours(1);

    private final Path folder;
    private final Optional<URI> est;
    private final Renewer renewer;
    private final Consumer<DeviceIdentity> renewed;
    private final Backoff backoff =
            new Backoff(Duration.ofMinutes(2), Duration.ofHours(6), RandomGenerator.getDefault());
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile DeviceIdentity identity;

    Renewal(
            Path folder,
            Optional<URI> est,
            DeviceIdentity identity,
            Renewer renewer,
            Consumer<DeviceIdentity> renewed) {
        this.folder = folder;
        this.est = est;
        this.identity = identity;
        this.renewer = renewer;
        this.renewed = renewed;
    }

    /**
     * Watches over an identity from now on.
     *
     * @param est {@code https://host:port} of the EST server; empty: nothing is renewed
     * @param renewed told after each renewal, on a thread of its own
     */
    public static Renewal start(
            Path folder, Optional<URI> est, DeviceIdentity identity, Consumer<DeviceIdentity> renewed) {
        return started(new Renewal(folder, est, identity, Enrolment::renew, renewed), InstantSource.system());
    }

    /** The same on a device whose clock may be behind; tells the time of each renewal. */
    public static Renewal start(
            Path folder,
            Optional<URI> est,
            DeviceIdentity identity,
            CertificateTime time,
            Consumer<DeviceIdentity> renewed) {
        Renewer renewer = (where, from) -> {
            DeviceIdentity fresh = Enrolment.renew(where, from, time);
            time.renewed(fresh);
            return fresh;
        };
        return started(new Renewal(folder, est, identity, renewer, renewed), time::now);
    }

    private static Renewal started(Renewal renewal, InstantSource time) {
        Thread.ofPlatform().name("renewal").daemon().start(() -> renewal.run(time));
        return renewal;
    }

    /** The identity as it is now. */
    public DeviceIdentity identity() {
        return identity;
    }

    @Override
    public void close() {
        closing.countDown();
    }

    private void run(InstantSource time) {
        try {
            Duration wait = Duration.ZERO;
            while (!closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = tick(time.instant());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Renews if it is time to; returns how long to wait before looking again. */
    Duration tick(Instant now) {
        if (est.isEmpty() || !identity.renewalDue(now)) {
            return LOOK_EVERY;
        }
        try {
            identity = renewer.renew(folder, est.get());
            backoff.succeeded();
            LOG.info("certificate renewed until {}", identity.certificate().getNotAfter());
            renewed.accept(identity);
            return LOOK_EVERY;
        } catch (EnrolmentException | IdentityException e) {
            Duration wait = backoff.failed();
            LOG.warn("certificate not renewed, next try in {} min: {}", wait.toMinutes(), e.getMessage());
            return wait;
        }
    }
}
