package city.hamana.sensing.ingest;

import city.hamana.link.Role;
import city.hamana.link.TrustException;
import city.hamana.messages.Dsse;
import city.hamana.messages.MalformedException;
import city.hamana.messages.PayloadType;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.BlockOutcome;
import city.hamana.messages.v1.RawTelegram;
import city.hamana.messages.v1.Verdict;
import city.hamana.platform.events.Event;
import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * The blocks of one upload on their way into the tables, in one transaction. A block that is not believed is set aside
 * with its reason and signed for all the same: it is durably kept, and must not stop what stands behind it.
 */
final class Delivery {
    private static final HexFormat HEX = HexFormat.of();

    private final Handle tx;
    private final Books books;
    private final Signers signers;
    private final String gateway;
    private final Instant now;
    private final List<Quarantined> setAside = new ArrayList<>();
    private final List<Event> notes = new ArrayList<>();
    private final Set<ChainId> others = new TreeSet<>();
    private final Map<String, BlockOutcome> outcomes = new LinkedHashMap<>();

    /** @param gateway who uploads */
    Delivery(Handle tx, Books books, Signers signers, String gateway, Instant now) {
        this.tx = tx;
        this.books = books;
        this.signers = signers;
        this.gateway = gateway;
        this.now = now;
    }

    /** One outcome per block, in their order. */
    List<BlockOutcome> take(List<ByteString> envelopes) {
        Map<String, byte[]> news = new LinkedHashMap<>();
        for (ByteString envelope : envelopes) {
            byte[] bytes = envelope.toByteArray();
            news.put(HEX.formatHex(Dsse.sha256(bytes)), bytes);
        }
        sayAgain(books.ledger().held(tx, news.keySet()), Verdict.VERDICT_REPEATED, news);
        sayAgain(books.ledger().quarantined(tx, news.keySet()), Verdict.VERDICT_QUARANTINED, news);
        Map<ChainId, List<Read>> byChain = read(news);
        byChain.forEach(this::store);
        books.ledger().quarantine(tx, setAside, now);
        touched(byChain.keySet()).forEach(chain -> books.gaps().refresh(tx, chain));
        return List.copyOf(outcomes.values());
    }

    List<Quarantined> setAside() {
        return setAside;
    }

    /** What staff should know of, besides what was set aside. */
    List<Event> notes() {
        return notes;
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

    /** In everyone's order, so that two uploads at once wait for one another and do not embrace. */
    private Map<ChainId, List<Read>> read(Map<String, byte[]> news) {
        Map<ChainId, List<Read>> chains = new TreeMap<>();
        news.forEach((hash, envelope) -> {
            if (outcomes.get(hash).getVerdict() == Verdict.VERDICT_UNSPECIFIED) {
                read(hash, envelope)
                        .ifPresent(read -> chains.computeIfAbsent(read.chain(), c -> new ArrayList<>())
                                .add(read));
            }
        });
        return chains;
    }

    private Optional<Read> read(String hash, byte[] envelope) {
        Optional<Block> claimed = Optional.empty();
        try {
            // The claim is needed to find the key; nothing is done with it before the signature has been checked.
            Block block = SampleBlock.parse(Dsse.parse(envelope).getPayload().toByteArray());
            claimed = Optional.of(block);
            Signers.Signed signed =
                    signers.open(envelope, PayloadType.BLOCK, block.getDeviceId(), Set.of(Role.NODE, Role.GATEWAY));
            boolean speaksForNodes =
                    signed.by().role() == Role.GATEWAY && signed.by().id().equals(gateway);
            Optional<String> objection = Claims.objection(block, speaksForNodes);
            if (objection.isPresent()) {
                setAside(hash, claimed, objection.get(), envelope);
                return Optional.empty();
            }
            return Optional.of(new Read(hash, envelope, block));
        } catch (MalformedException | TrustException e) {
            setAside(hash, claimed, e.getMessage(), envelope);
            return Optional.empty();
        }
    }

    private void store(ChainId chain, List<Read> reads) {
        Chains.State state = books.chains().locked(tx, chain, now);
        List<Read> fitting = fitting(chain, reads);
        if (fitting.isEmpty()) {
            return;
        }
        Timing timing = new Timing(tx, books, chain, now);
        List<Read> merged = timing.take(fitting);
        setAside.addAll(timing.tooMany());
        notes.addAll(timing.notes());
        fitting.stream().filter(read -> !merged.contains(read)).forEach(this::refusedByReadings);
        if (!merged.isEmpty()) {
            hold(chain, state, merged, merged.stream().map(timing::link).toList());
        }
    }

    private void hold(ChainId chain, Chains.State state, List<Read> merged, List<Chains.Link> links) {
        books.chains().hold(tx, chain, links, now);
        Declarations said = new Declarations(tx, books, now);
        said.ends(chain, state, links);
        for (int i = 0; i < merged.size(); i++) {
            said.take(merged.get(i), links.get(i));
            stored(merged.get(i));
        }
        notes.addAll(said.notes());
        others.addAll(said.touched());
    }

    private Set<ChainId> touched(Set<ChainId> own) {
        Set<ChainId> touched = new TreeSet<>(own);
        touched.addAll(others);
        setAside.stream().flatMap(find -> find.place().stream()).forEach(place -> touched.add(place.chain()));
        return touched;
    }

    private void refusedByReadings(Read read) {
        setAside(read.hash(), Optional.of(read.block()), Timing.TOO_MANY, read.envelope());
    }

    private void stored(Read read) {
        outcome(read.hash(), Verdict.VERDICT_STORED, "");
        for (RawTelegram telegram : read.block().getUndecodedList()) {
            setAside.add(Quarantined.of(
                    "telegram",
                    read.block().getDeviceId(),
                    telegram.getLine() + ": " + telegram.getError(),
                    telegram.getBytes().toByteArray(),
                    now));
        }
    }

    /** The blocks that agree with those held and with one another about who stands before whom. */
    private List<Read> fitting(ChainId chain, List<Read> reads) {
        Set<Long> around = new TreeSet<>();
        for (Read read : reads) {
            long sequence = read.block().getSequence();
            around.addAll(List.of(sequence - 1, sequence, sequence + 1));
        }
        Map<Long, Neighbour> links = new TreeMap<>();
        books.chains().links(tx, chain, around).forEach((sequence, link) -> links.put(sequence, Neighbour.of(link)));
        List<Read> fitting = new ArrayList<>();
        for (Read read : reads) {
            Optional<String> objection = Neighbour.of(read).objection(links);
            if (objection.isPresent()) {
                setAside(read.hash(), Optional.of(read.block()), objection.get(), read.envelope());
            } else {
                links.put(read.block().getSequence(), Neighbour.of(read));
                fitting.add(read);
            }
        }
        return fitting;
    }

    private void setAside(String hash, Optional<Block> claimed, String reason, byte[] envelope) {
        String device = claimed.map(Block::getDeviceId).orElse(gateway);
        Quarantined find = Quarantined.of("block", device, reason, envelope, now);
        setAside.add(claimed.filter(block -> Claims.believable(block.getSequence()))
                .map(block -> find.at(ChainId.of(block), block.getSequence()))
                .orElse(find));
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
