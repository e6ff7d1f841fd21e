package city.hamana.sensing.ingest;

import city.hamana.messages.Ranges;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.SequenceRange;
import city.hamana.messages.v1.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What is known to exist and has not come. Chains without a gap are not looked at: a heartbeat of a gateway that keeps
 * up costs two look-ups by key.
 */
final class Gaps {
    /** Most sets of one answer, and most ranges of one set; the rest is asked for later. */
    static final int MOST_ASKED = 64;

    /** A status names so many chains at most: where it names that many, others may wait too. */
    static final int MOST_PENDING_SETS = 256;

    private static final Duration ASK_EVERY = Duration.ofMinutes(1);
    private static final int MOST_IN_LIST = 200;
    private static final int MOST_OPEN = 1_000;
    private static final int MOST_RANGES = 20_000;

    private final Chains chains;
    private final Ledger ledger;

    Gaps(Chains chains, Ledger ledger) {
        this.chains = chains;
        this.ledger = ledger;
    }

    /** Known to exist, and neither held, lost nor set aside; whether it waits in the device is not asked. */
    Ranges missing(Handle tx, ChainId chain) {
        long highest = chains.state(tx, chain).map(Chains.State::highest).orElse(0L);
        Ranges missing = Ranges.between(1, highest).without(chains.held(tx, chain));
        return missing.isEmpty() ? missing : missing.without(lost(tx, chain)).without(ledger.setAside(tx, chain));
    }

    /** Keeps the list of chains with gaps true; to be called with the chain locked, after whatever changed it. */
    void refresh(Handle tx, ChainId chain) {
        boolean whole = chains.state(tx, chain)
                .map(state -> state.highest() == state.held())
                .orElse(true);
        if (whole || missing(tx, chain).isEmpty()) {
            Chains.bound(tx.createUpdate("DELETE FROM ingest_open WHERE device = :device AND chain_id = :chain"), chain)
                    .execute();
        } else if (!open(tx, chain)) {
            Chains.bound(
                            tx.createUpdate(
                                    "INSERT INTO ingest_open (device, chain_id, asked_ms) VALUES (:device, :chain, 0)"),
                            chain)
                    .execute();
        }
    }

    /** What a gateway and its nodes are asked for again; each set at most once a minute, the oldest chains first. */
    List<BlockSet> wanted(Handle tx, Heartbeat heartbeat, String gateway, Instant now) {
        Map<String, Status> statuses = statuses(heartbeat, gateway);
        know(tx, statuses, now);
        List<BlockSet> wanted = new ArrayList<>();
        for (ChainId chain : due(tx, statuses.keySet(), now)) {
            Ranges missing = missing(tx, chain).without(pending(heartbeat, statuses, chain));
            if (!missing.isEmpty() && wanted.size() < MOST_ASKED && asked(tx, chain, now)) {
                wanted.add(set(chain, missing));
            }
        }
        return wanted;
    }

    /** What was declared lost of a chain. */
    Ranges lost(Handle tx, ChainId chain) {
        List<SequenceRange> found = Chains.bound(tx.createQuery("""
                        SELECT first_sequence, last_sequence FROM ingest_loss_range
                        WHERE device = :device AND chain_id = :chain
                        OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                        """), chain)
                .bind("most", MOST_RANGES)
                .map((row, context) -> Chains.range(row.getLong(1), row.getLong(2)))
                .list();
        return Ranges.of(found);
    }

    private static boolean open(Handle tx, ChainId chain) {
        return Chains.bound(
                        tx.createQuery("SELECT 1 FROM ingest_open WHERE device = :device AND chain_id = :chain"), chain)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static Map<String, Status> statuses(Heartbeat heartbeat, String gateway) {
        Map<String, Status> statuses = new LinkedHashMap<>();
        statuses.put(gateway, heartbeat.getGateway());
        for (NodePresence node : heartbeat.getNodesList()) {
            statuses.putIfAbsent(node.getDeviceId(), node.getStatus());
        }
        return statuses;
    }

    /** A status says how far its boot's chain goes: that outlives the device that said it. */
    private void know(Handle tx, Map<String, Status> statuses, Instant now) {
        Map<ChainId, Long> said = new HashMap<>();
        statuses.forEach((device, status) -> {
            if (status.getBootId().size() == 16 && Claims.believable(status.getNextSequence() - 1)) {
                said.put(ChainId.of(device, status.getBootId()), status.getNextSequence() - 1);
            }
        });
        Map<ChainId, Long> known = highest(tx, said.keySet());
        said.keySet().stream()
                .sorted()
                .filter(chain -> said.get(chain) > known.getOrDefault(chain, 0L))
                .forEach(chain -> {
                    chains.locked(tx, chain, now);
                    chains.know(tx, chain, said.get(chain), now);
                    refresh(tx, chain);
                });
    }

    private static Map<ChainId, Long> highest(Handle tx, Collection<ChainId> chains) {
        Map<ChainId, Long> highest = new HashMap<>();
        for (List<ChainId> part : Ledger.parts(List.copyOf(chains), MOST_IN_LIST)) {
            tx.createQuery("""
                            SELECT device, chain_id, highest FROM ingest_stream
                            WHERE chain_id IN (<boots>)
                            """)
                    .bindList("boots", part.stream().map(ChainId::boot).toList())
                    .map((row, context) -> Map.entry(new ChainId(row.getString(1), row.getString(2)), row.getLong(3)))
                    .forEach(entry -> highest.put(entry.getKey(), entry.getValue()));
        }
        return highest;
    }

    /** Chains with gaps that were not asked for within the last minute, the oldest first. */
    private static List<ChainId> due(Handle tx, Collection<String> devices, Instant now) {
        List<ChainId> due = new ArrayList<>();
        for (List<String> part : Ledger.parts(List.copyOf(devices), MOST_IN_LIST)) {
            tx.createQuery("""
                            SELECT o.device, o.chain_id FROM ingest_open o
                            JOIN ingest_stream s ON s.device = o.device AND s.chain_id = o.chain_id
                            WHERE o.device IN (<devices>) AND o.asked_ms <= :before
                            ORDER BY s.seen_ms, o.device, o.chain_id OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                            """)
                    .bindList("devices", part)
                    .bind("before", now.minus(ASK_EVERY).toEpochMilli())
                    .bind("most", MOST_OPEN)
                    .map((row, context) -> new ChainId(row.getString(1), row.getString(2)))
                    .forEach(due::add);
        }
        return due;
    }

    /** What of a chain anybody in this heartbeat says to hold still. */
    private static Ranges pending(Heartbeat heartbeat, Map<String, Status> statuses, ChainId chain) {
        Ranges pending = new Ranges();
        Stream.of(heartbeat.getGateway(), statuses.get(chain.device())).forEach(status -> {
            pending.addAll(Pending.of(status, chain));
        });
        return pending;
    }

    private static boolean asked(Handle tx, ChainId chain, Instant now) {
        return Chains.bound(tx.createUpdate("""
                                UPDATE ingest_open SET asked_ms = :now
                                WHERE device = :device AND chain_id = :chain AND asked_ms <= :before
                                """), chain)
                        .bind("now", now.toEpochMilli())
                        .bind("before", now.minus(ASK_EVERY).toEpochMilli())
                        .execute()
                > 0;
    }

    private static BlockSet set(ChainId chain, Ranges missing) {
        return BlockSet.newBuilder()
                .setDeviceId(chain.device())
                .setBootId(chain.bootBytes())
                .addAllBlocks(missing.list().stream().limit(MOST_ASKED).toList())
                .build();
    }
}
