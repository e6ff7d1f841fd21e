package city.hamana.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instant by which a device judges certificates. A Raspberry Pi has no battery clock: after a power cut it believes
 * that it is the day of its last shutdown, and would refuse every certificate that was issued since as not valid yet.
 *
 * <p>The rule. While the clock is synchronised, it is the clock. While it is not, it is the latest of the clock, the
 * beginning of the device's own certificate, and the floor: the latest time that the city has vouched for. The
 * certificate of a peer that begins later still is judged at its own beginning, and that beginning, once the CA's
 * signature is checked, is the new floor. By this rule, time is never believed to have gone on beyond the end of the
 * device's own certificate. An expired certificate is refused, whatever the clock.
 *
 * <p>What it costs: a device without a clock takes a peer's certificate for good that has expired since the floor. It
 * is never fooled further than to the end of its own certificate, and never once its clock is set.
 *
 * <p>The floor is kept in the identity's folder as {@code time-floor}, and written when it rises by a day or more.
 */
public final class CertificateTime implements PeerCheck.Judgement {
    static final String FLOOR_FILE = "time-floor";

    private static final Logger LOG = LoggerFactory.getLogger(CertificateTime.class);
    private static final Duration WORTH_WRITING = Duration.ofDays(1);
    private static final int LONGEST_FLOOR_BYTES = 64;

    private final Path floorFile;
    private final BooleanSupplier synchronised;
    private final InstantSource clock;
    private Trust.Validity own;
    private Instant floor;
    private Instant written;

    private CertificateTime(Path floorFile, Trust.Validity own, BooleanSupplier synchronised, InstantSource clock) {
        this.floorFile = floorFile;
        this.own = own;
        this.synchronised = synchronised;
        this.clock = clock;
        this.floor = read(floorFile);
        this.written = floor;
    }

    /**
     * The time of a device.
     *
     * @param identityFolder keeps the floor; one that cannot be read counts as none, and is reported
     * @param synchronised whether the clock has been set; asked at every handshake
     * @param clock the real one, also where the city's is scaled
     */
    public static CertificateTime of(
            Path identityFolder, DeviceIdentity identity, BooleanSupplier synchronised, InstantSource clock) {
        return new CertificateTime(
                identityFolder.resolve(FLOOR_FILE), Trust.Validity.of(identity.certificate()), synchronised, clock);
    }

    /** The device has a new certificate from now on. {@link Renewal} says so by itself. */
    public synchronized void renewed(DeviceIdentity identity) {
        own = Trust.Validity.of(identity.certificate());
    }

    /** The instant it is at least, as far as certificates go. */
    public synchronized Instant now() {
        Instant read = clock.instant();
        return synchronised.getAsBoolean() ? read : latest(read, latest(own.from(), floor));
    }

    /** The city has vouched that it is this late: a receipt's time, once its signature is verified. */
    public synchronized void vouched(Instant at) {
        Instant bounded = at.isBefore(own.until()) ? at : own.until();
        if (bounded.isAfter(floor)) {
            floor = bounded;
            writeIfWorthIt();
        }
    }

    /**
     * As {@link Trust#verify}, at the instant of this rule.
     *
     * @throws TrustException as there
     */
    public Trust.Peer verify(X509Certificate certificate, Trust trust) {
        Trust.Peer peer = trust.verify(certificate, at(certificate));
        believed(certificate);
        return peer;
    }

    @Override
    public synchronized Instant at(X509Certificate peer) {
        Instant now = now();
        Instant from = peer.getNotBefore().toInstant();
        boolean aheadOfUs = from.isAfter(now) && !from.isAfter(own.until());
        return aheadOfUs && !synchronised.getAsBoolean() ? from : now;
    }

    @Override
    public void believed(X509Certificate peer) {
        vouched(peer.getNotBefore().toInstant());
    }

    private void writeIfWorthIt() {
        if (floor.isBefore(written.plus(WORTH_WRITING))) {
            return;
        }
        written = floor; // Also where it fails: a folder that cannot be written is not tried at every handshake.
        try {
            Pem.replace(floorFile, floor + "\n");
        } catch (IdentityException e) {
            LOG.warn("the time that the city vouches for is not kept: {}", e.getMessage());
        }
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant read(Path file) {
        try {
            if (Files.size(file) <= LONGEST_FLOOR_BYTES) {
                return Instant.parse(Files.readString(file).strip());
            }
            LOG.warn("{} is too long to be a time and is not believed", file);
        } catch (NoSuchFileException e) {
            LOG.debug("no time floor yet");
        } catch (IOException | DateTimeParseException e) {
            LOG.warn("{} cannot be read and is not believed: {}", file, e.getMessage());
        }
        return Instant.EPOCH;
    }
}
