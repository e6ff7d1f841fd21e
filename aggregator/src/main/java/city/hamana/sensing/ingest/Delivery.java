package city.hamana.sensing.ingest;

import city.hamana.link.Certificates;
import city.hamana.link.Role;
import city.hamana.link.Trust;
import city.hamana.link.Trust.Peer;
import city.hamana.link.TrustException;
import city.hamana.messages.Dsse;
import city.hamana.messages.MalformedException;
import city.hamana.messages.PayloadType;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.BlockOutcome;
import city.hamana.messages.v1.Envelope;
import city.hamana.messages.v1.RawTelegram;
import city.hamana.messages.v1.Verdict;
import city.hamana.platform.http.Caller;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.readings.ReadingsException;
import com.google.protobuf.ByteString;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * The blocks of one upload on their way into the tables, in one transaction. A block that is not believed is set aside
 * with its reason and signed for all the same: it is durably kept, and must not stop what stands behind it.
 */
final class Delivery {
    private static final HexFormat HEX = HexFormat.of();

    private record Read(String hash, byte[] envelope, Block block) {}

    private final Handle tx;
    private final Ledger ledger;
    private final Readings readings;
    private final Trust trust;
    private final Caller.Device gateway;
    private final Instant now;
    private final Map<String, X509Certificate> brought = new HashMap<>();
    private final Map<String, Optional<X509Certificate>> known = new HashMap<>();
    private final List<Quarantined> setAside = new ArrayList<>();
    private final Map<String, BlockOutcome> outcomes = new LinkedHashMap<>();
    private int samples;
    private int conflicts;

    Delivery(Handle tx, Ledger ledger, Readings readings, Trust trust, Caller.Device gateway, Instant now) {
        this.tx = tx;
        this.ledger = ledger;
        this.readings = readings;
        this.trust = trust;
        this.gateway = gateway;
        this.now = now;
        brought(gateway.certificate());
    }

    /** A certificate that came with the upload; believed only once a signature is checked against it. */
    void brought(X509Certificate certificate) {
        brought.put(Certificates.keyid(certificate.getPublicKey()), certificate);
    }

    /** One outcome per block, in their order. */
    List<BlockOutcome> take(List<ByteString> envelopes) {
        Map<String, byte[]> news = new LinkedHashMap<>();
        for (ByteString envelope : envelopes) {
            byte[] bytes = envelope.toByteArray();
            news.put(HEX.formatHex(Dsse.sha256(bytes)), bytes);
        }
        sayAgain(ledger.held(tx, news.keySet()), Verdict.VERDICT_REPEATED, news);
        sayAgain(ledger.quarantined(tx, news.keySet()), Verdict.VERDICT_QUARANTINED, news);
        read(news).forEach(this::store);
        ledger.quarantine(tx, setAside, now);
        return List.copyOf(outcomes.values());
    }

    int samples() {
        return samples;
    }

    int conflicts() {
        return conflicts;
    }

    List<Quarantined> setAside() {
        return setAside;
    }

    /**
     * The payload of an envelope that this device signed, with whatever key it had.
     *
     * @throws MalformedException if no certificate of the device fits, or the signature does not
     * @throws TrustException if the city's CA does not vouch for it
     */
    byte[] open(byte[] bytes, PayloadType type, String device, Set<Role> roles) {
        Envelope envelope = Dsse.parse(bytes);
        String keyid = Dsse.claimedKeyid(envelope);
        X509Certificate certificate = certificate(keyid)
                .orElseThrow(() -> MalformedException.of("signed with a key that no certificate came for"));
        Peer peer = trust.verify(certificate, now);
        if (!peer.id().equals(device) || !roles.contains(peer.role())) {
            throw MalformedException.of("signed by " + peer.id() + " as " + peer.role() + ", not by " + device);
        }
        byte[] payload = Dsse.open(envelope, type, peer.key());
        remember(keyid, device, certificate);
        return payload;
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

    private void sayAgain(Set<String> hashes, Verdict verdict, Map<String, byte[]> news) {
        for (String hash : news.keySet()) {
            if (hashes.contains(hash)) {
                outcome(hash, verdict, "");
            } else {
                outcomes.putIfAbsent(hash, BlockOutcome.getDefaultInstance());
            }
        }
    }

    private Map<Ledger.Stream, List<Read>> read(Map<String, byte[]> news) {
        Map<Ledger.Stream, List<Read>> streams = new LinkedHashMap<>();
        news.forEach((hash, envelope) -> {
            if (outcomes.get(hash).getVerdict() == Verdict.VERDICT_UNSPECIFIED) {
                read(hash, envelope)
                        .ifPresent(read -> streams.computeIfAbsent(stream(read), s -> new ArrayList<>())
                                .add(read));
            }
        });
        return streams;
    }

    private static Ledger.Stream stream(Read read) {
        return new Ledger.Stream(
                read.block.getDeviceId(), HEX.formatHex(read.block.getBootId().toByteArray()));
    }

    private Optional<Read> read(String hash, byte[] envelope) {
        String device = gateway.peer().id();
        try {
            // The claim is needed to find the key; nothing is done with it before the signature has been checked.
            Block claimed = SampleBlock.parse(Dsse.parse(envelope).getPayload().toByteArray());
            device = claimed.getDeviceId();
            open(envelope, PayloadType.BLOCK, device, Set.of(Role.NODE, Role.GATEWAY));
            return Optional.of(new Read(hash, envelope, claimed));
        } catch (MalformedException | TrustException e) {
            setAside(hash, device, e.getMessage(), envelope);
            return Optional.empty();
        }
    }

    private void store(Ledger.Stream stream, List<Read> reads) {
        List<Read> fitting = fitting(stream, reads);
        if (fitting.isEmpty()) {
            return;
        }
        List<Read> merged = merge(stream, fitting);
        ledger.hold(tx, stream, merged.stream().map(Delivery::link).toList(), now);
        for (Read read : merged) {
            outcome(read.hash, Verdict.VERDICT_STORED, "");
            for (RawTelegram telegram : read.block.getUndecodedList()) {
                setAside.add(Quarantined.of(
                        "telegram",
                        stream.device(),
                        telegram.getLine() + ": " + telegram.getError(),
                        telegram.getBytes().toByteArray(),
                        now));
            }
        }
    }

    /** The blocks that agree with those held and with one another about who stands before whom. */
    private List<Read> fitting(Ledger.Stream stream, List<Read> reads) {
        Set<Long> around = new TreeSet<>();
        for (Read read : reads) {
            long sequence = read.block.getSequence();
            around.addAll(List.of(sequence - 1, sequence, sequence + 1));
        }
        Map<Long, Ledger.Link> links = ledger.links(tx, stream, around);
        List<Read> fitting = new ArrayList<>();
        for (Read read : reads) {
            Optional<String> objection = objection(link(read), links);
            if (objection.isPresent()) {
                setAside(read.hash, stream.device(), objection.get(), read.envelope);
            } else {
                links.put(read.block.getSequence(), link(read));
                fitting.add(read);
            }
        }
        return fitting;
    }

    private static Optional<String> objection(Ledger.Link link, Map<Long, Ledger.Link> links) {
        Ledger.Link before = links.get(link.sequence() - 1);
        Ledger.Link after = links.get(link.sequence() + 1);
        if (links.containsKey(link.sequence())) {
            return Optional.of("a second, different block with sequence " + link.sequence());
        }
        if (before != null && !before.hash().equals(link.previousHash())) {
            return Optional.of("block " + link.sequence() + " names another predecessor than the one held");
        }
        if (after != null && !after.previousHash().equals(link.hash())) {
            return Optional.of("block " + link.sequence() + " is not the one that its successor names");
        }
        return Optional.empty();
    }

    private List<Read> merge(Ledger.Stream stream, List<Read> reads) {
        String source = "device:" + stream.device();
        List<Sample> all = reads.stream()
                .flatMap(r -> SampleBlock.samples(r.block).stream())
                .toList();
        try {
            count(readings.merge(tx, all, source).conflicts(), all.size());
            return reads;
        } catch (ReadingsException e) {
            return mergeOneByOne(reads, source);
        }
    }

    private List<Read> mergeOneByOne(List<Read> reads, String source) {
        List<Read> merged = new ArrayList<>();
        for (Read read : reads) {
            List<Sample> own = SampleBlock.samples(read.block);
            try {
                count(readings.merge(tx, own, source).conflicts(), own.size());
                merged.add(read);
            } catch (ReadingsException e) {
                setAside(read.hash, read.block.getDeviceId(), e.getMessage(), read.envelope);
            }
        }
        return merged;
    }

    private void count(int newConflicts, int newSamples) {
        conflicts += newConflicts;
        samples += newSamples;
    }

    private static Ledger.Link link(Read read) {
        return new Ledger.Link(
                read.block.getSequence(),
                read.hash,
                HEX.formatHex(read.block.getPreviousHash().toByteArray()));
    }

    private void setAside(String hash, String device, String reason, byte[] envelope) {
        setAside.add(Quarantined.of("block", device, reason, envelope, now));
        outcome(hash, Verdict.VERDICT_QUARANTINED, reason);
    }

    private void outcome(String hash, Verdict verdict, String reason) {
        outcomes.put(
                hash,
                BlockOutcome.newBuilder()
                        .setBlockHash(ByteString.copyFrom(HEX.parseHex(hash)))
                        .setVerdict(verdict)
                        .setReason(reason)
                        .build());
    }
}
