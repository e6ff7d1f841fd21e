package city.hamana.sensing.ingest;

import city.hamana.link.Certificates;
import city.hamana.messages.Ranges;
import city.hamana.platform.db.Dialect;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Which batches came, whose keys signed them, and what was set aside. Hashes and chain ids go in and out as lower-case
 * hex.
 */
final class Ledger {
    private static final int MOST_IN_LIST = 200;

    /** The end of a chain of batches. */
    record End(long sequence, String hash) {}

    private final Dialect dialect;

    Ledger(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The end of a gateway's chain, locked until the transaction ends. */
    Optional<End> lockedEnd(Handle tx, String gateway, String chainId) {
        return tx.createQuery("SELECT sequence, hash FROM ingest_chain WHERE gateway = :gateway AND chain_id = :chain"
                        + dialect.lockRows())
                .bind("gateway", gateway)
                .bind("chain", chainId)
                .map((row, context) -> new End(row.getLong(1), row.getString(2)))
                .findOne();
    }

    boolean holdsBatch(Handle tx, String gateway, String chainId, long sequence, String hash) {
        return tx.createQuery("""
                        SELECT hash FROM ingest_batch
                        WHERE gateway = :gateway AND chain_id = :chain AND sequence = :sequence
                        """)
                .bind("gateway", gateway)
                .bind("chain", chainId)
                .bind("sequence", sequence)
                .mapTo(String.class)
                .findOne()
                .filter(hash::equals)
                .isPresent();
    }

    void beginChain(Handle tx, String gateway, String chainId) {
        tx.createUpdate("INSERT INTO ingest_chain (gateway, chain_id, sequence, hash) VALUES (:gateway, :chain, 0, '')")
                .bind("gateway", gateway)
                .bind("chain", chainId)
                .execute();
    }

    void advance(Handle tx, String gateway, String chainId, End end, Instant received) {
        tx.createUpdate("""
                        UPDATE ingest_chain SET sequence = :sequence, hash = :hash
                        WHERE gateway = :gateway AND chain_id = :chain
                        """)
                .bind("gateway", gateway)
                .bind("chain", chainId)
                .bind("sequence", end.sequence())
                .bind("hash", end.hash())
                .execute();
        tx.createUpdate("""
                        INSERT INTO ingest_batch (gateway, chain_id, sequence, hash, received_ms)
                        VALUES (:gateway, :chain, :sequence, :hash, :received)
                        """)
                .bind("gateway", gateway)
                .bind("chain", chainId)
                .bind("sequence", end.sequence())
                .bind("hash", end.hash())
                .bind("received", received.toEpochMilli())
                .execute();
    }

    /** Which of these blocks are held. */
    Set<String> held(Handle tx, Collection<String> hashes) {
        return matching(tx, "SELECT hash FROM ingest_block WHERE hash IN (<hashes>)", hashes);
    }

    /** Which of these were set aside. */
    Set<String> quarantined(Handle tx, Collection<String> hashes) {
        return matching(tx, "SELECT hash FROM ingest_quarantine WHERE hash IN (<hashes>)", hashes);
    }

    private static Set<String> matching(Handle tx, String sql, Collection<String> hashes) {
        Set<String> found = new HashSet<>();
        for (List<String> part : parts(List.copyOf(hashes), MOST_IN_LIST)) {
            found.addAll(tx.createQuery(sql)
                    .bindList("hashes", part)
                    .mapTo(String.class)
                    .list());
        }
        return found;
    }

    // --- certificates --------------------------------------------------------------------------------------------

    Optional<X509Certificate> certificate(Handle tx, String keyid) {
        return tx.createQuery("SELECT der FROM ingest_certificate WHERE keyid = :keyid")
                .bind("keyid", keyid)
                .map((row, context) -> Certificates.parse(row.getBytes(1)))
                .findOne();
    }

    void remember(Handle tx, String keyid, String device, X509Certificate certificate, Instant seen) {
        tx.createUpdate("""
                        INSERT INTO ingest_certificate (keyid, device, der, seen_ms)
                        VALUES (:keyid, :device, :der, :seen)
                        """)
                .bind("keyid", keyid)
                .bind("device", device)
                .bind("der", Certificates.der(certificate))
                .bind("seen", seen.toEpochMilli())
                .execute();
    }

    // --- quarantine ----------------------------------------------------------------------------------------------

    void quarantine(Handle tx, Collection<Quarantined> finds, Instant seen) {
        if (finds.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO ingest_quarantine (seen_ms, kind, device, reason, hash, content, chain_id, sequence)
                VALUES (:seen, :kind, :device, :reason, :hash, :content, :chain, :sequence)
                """);
        for (Quarantined find : finds) {
            batch.bind("seen", seen.toEpochMilli())
                    .bind("kind", find.kind())
                    .bind("device", find.device())
                    .bind("reason", find.reason())
                    .bind("hash", find.hash())
                    .bind("content", find.content())
                    .bind(
                            "chain",
                            find.place().map(place -> place.chain().boot()).orElse(null))
                    .bind(
                            "sequence",
                            find.place().map(Quarantined.Place::sequence).orElse(null))
                    .add();
        }
        batch.execute();
    }

    /** The newest first. */
    List<Quarantined> quarantine(Handle tx, int most) {
        return tx.createQuery("""
                        SELECT id, seen_ms, kind, device, reason, hash FROM ingest_quarantine
                        ORDER BY id DESC OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                        """)
                .bind("most", most)
                .map((row, context) -> new Quarantined(
                        row.getLong(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        new byte[0],
                        Optional.empty()))
                .list();
    }

    /** The places of a chain whose blocks were set aside. */
    Ranges setAside(Handle tx, ChainId chain) {
        Ranges places = new Ranges();
        Chains.bound(tx.createQuery("""
                        SELECT sequence FROM ingest_quarantine
                        WHERE device = :device AND chain_id = :chain AND sequence IS NOT NULL
                        """), chain).mapTo(Long.class).forEach(places::add);
        return places;
    }

    Optional<byte[]> content(Handle tx, long id) {
        return tx.createQuery("SELECT content FROM ingest_quarantine WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> row.getBytes(1))
                .findOne();
    }

    /** How many rejected uploads of a gateway are kept. */
    long rejectedUploads(Handle tx, String gateway) {
        return tx.createQuery("SELECT COUNT(*) FROM ingest_quarantine WHERE device = :gateway AND kind = 'batch'")
                .bind("gateway", gateway)
                .mapTo(Long.class)
                .one();
    }

    Map<String, Long> quarantineCounts(Handle tx) {
        Map<String, Long> counts = new HashMap<>();
        tx.createQuery("SELECT device, COUNT(*) FROM ingest_quarantine GROUP BY device")
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /** A list in pieces of at most so many. */
    static <T> List<List<T>> parts(List<T> all, int most) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            parts.add(all.subList(from, Math.min(all.size(), from + most)));
        }
        return parts;
    }
}
