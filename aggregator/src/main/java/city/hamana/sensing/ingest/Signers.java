package city.hamana.sensing.ingest;

import city.hamana.link.Certificates;
import city.hamana.link.Role;
import city.hamana.link.Trust;
import city.hamana.link.Trust.Peer;
import city.hamana.link.TrustException;
import city.hamana.messages.Dsse;
import city.hamana.messages.MalformedException;
import city.hamana.messages.PayloadType;
import city.hamana.messages.v1.Envelope;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Whose signatures count in one upload. A device may have been alone for months and its certificate may have ended
 * meanwhile: its key is still the one the city knows, so its signature is taken for a while after the end. A revoked
 * certificate is never taken.
 */
final class Signers {
    private final Handle tx;
    private final Ledger ledger;
    private final Trust trust;
    private final Duration afterExpiry;
    private final Instant now;
    private final Map<String, X509Certificate> brought = new HashMap<>();
    private final Map<String, Optional<X509Certificate>> known = new HashMap<>();

    /** A payload and who signed it. */
    record Signed(byte[] payload, Peer by) {}

    /** @param afterExpiry how long after its certificate's end a device's signature is still taken */
    Signers(Handle tx, Ledger ledger, Trust trust, Duration afterExpiry, Instant now) {
        this.tx = tx;
        this.ledger = ledger;
        this.trust = trust;
        this.afterExpiry = afterExpiry;
        this.now = now;
    }

    /** A certificate that came with the upload; believed only once a signature is checked against it. */
    void brought(X509Certificate certificate) {
        brought.put(Certificates.keyid(certificate.getPublicKey()), certificate);
    }

    /**
     * The payload of an envelope that this device signed, with whatever key it had.
     *
     * @throws MalformedException if no certificate of the device fits, or the signature does not
     * @throws TrustException if the city's CA does not vouch for it
     */
    Signed open(byte[] bytes, PayloadType type, String device, Set<Role> roles) {
        Envelope envelope = Dsse.parse(bytes);
        String keyid = Dsse.claimedKeyid(envelope);
        X509Certificate certificate = certificate(keyid)
                .orElseThrow(() -> MalformedException.of("signed with a key that no certificate came for"));
        Peer peer = verified(certificate);
        if (!peer.id().equals(device) || !roles.contains(peer.role())) {
            throw MalformedException.of("signed by " + peer.id() + " as " + peer.role() + ", not by " + device);
        }
        byte[] payload = Dsse.open(envelope, type, peer.key());
        remember(keyid, device, certificate);
        return new Signed(payload, peer);
    }

    private Peer verified(X509Certificate certificate) {
        Instant end = Certificates.end(certificate);
        boolean justEnded = now.isAfter(end) && !now.isAfter(end.plus(afterExpiry));
        return trust.verify(certificate, justEnded ? end : now);
    }

    private Optional<X509Certificate> certificate(String keyid) {
        X509Certificate came = brought.get(keyid);
        return came != null ? Optional.of(came) : stored(keyid);
    }

    private Optional<X509Certificate> stored(String keyid) {
        return known.computeIfAbsent(keyid, id -> ledger.certificate(tx, id));
    }

    private void remember(String keyid, String device, X509Certificate certificate) {
        if (stored(keyid).isEmpty()) {
            ledger.remember(tx, keyid, device, certificate, now);
            known.put(keyid, Optional.of(certificate));
        }
    }
}
