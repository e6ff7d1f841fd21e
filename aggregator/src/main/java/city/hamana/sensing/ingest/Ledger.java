package city.hamana.sensing.ingest;

import city.hamana.link.Certificates;
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

/** Ingest's tables. Hashes and chain ids go in and out as lower-case hex. */
final class Ledger {
    private static final int MOST_IN_LIST = 200;

    /** The end of a chain of batches. */
    record End(long sequence, String hash) {}

    /** A held block's place in its chain. */
    record Link(long sequence, String hash, String previousHash) {}

    /** A chain of a device's blocks. */
    record Stream(String device, String chainId) {}

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
        for (List<String> part : parts(List.copyOf(hashes))) {
            found.addAll(tx.createQuery(sql)
                    .bindList("hashes", part)
                    .mapTo(String.class)
                    .list());
        }
        return found;
    }

    /** Held blocks of a stream at these sequences. */
    Map<Long, Link> links(Handle tx, Stream stream, Collection<Long> sequences) {
        Map<Long, Link> links = new HashMap<>();
        for (List<Long> part : parts(List.copyOf(sequences))) {
            tx.createQuery("""
                            SELECT sequence, hash, previous_hash FROM ingest_block
                            WHERE device = :device AND chain_id = :chain AND sequence IN (<sequences>)
                            """)
                    .bind("device", stream.device())
                    .bind("chain", stream.chainId())
                    .bindList("sequences", part)
                    .map((row, context) -> new Link(row.getLong(1), row.getString(2), row.getString(3)))
                    .forEach(link -> links.put(link.sequence(), link));
        }
        return links;
    }

    void hold(Handle tx, Stream stream, Collection<Link> links, Instant received) {
        PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO ingest_block (device, chain_id, sequence, hash, previous_hash, received_ms)
                VALUES (:device, :chain, :sequence, :hash, :previous, :received)
                """);
        long highest = 0;
        for (Link link : links) {
            batch.bind("device", stream.device())
                    .bind("chain", stream.chainId())
                    .bind("sequence", link.sequence())
                    .bind("hash", link.hash())
                    .bind("previous", link.previousHash())
                    .bind("received", received.toEpochMilli())
                    .add();
            highest = Math.max(highest, link.sequence());
        }
        batch.execute();
        count(tx, stream, highest, links.size());
    }

    private static void count(Handle tx, Stream stream, long highest, int more) {
        int known = tx.createUpdate("""
                        UPDATE ingest_stream
                        SET held = held + :more, highest = CASE WHEN highest < :highest THEN :highest ELSE highest END
                        WHERE device = :device AND chain_id = :chain
                        """)
                .bind("device", stream.device())
                .bind("chain", stream.chainId())
                .bind("more", more)
                .bind("highest", highest)
                .execute();
        if (known == 0) {
            tx.createUpdate("""
                            INSERT INTO ingest_stream (device, chain_id, highest, held)
                            VALUES (:device, :chain, :highest, :more)
                            """)
                    .bind("device", stream.device())
                    .bind("chain", stream.chainId())
                    .bind("more", more)
                    .bind("highest", highest)
                    .execute();
        }
    }

    /** Blocks held and missing of a device, over all its chains. */
    Completeness completeness(Handle tx, String device) {
        return tx.createQuery("""
                        SELECT SUM(held), SUM(highest - held) FROM ingest_stream WHERE device = :device
                        """)
                .bind("device", device)
                .map((row, context) -> new Completeness(row.getLong(1), row.getLong(2)))
                .one();
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
                INSERT INTO ingest_quarantine (seen_ms, kind, device, reason, hash, content)
                VALUES (:seen, :kind, :device, :reason, :hash, :content)
                """);
        for (Quarantined find : finds) {
            batch.bind("seen", seen.toEpochMilli())
                    .bind("kind", find.kind())
                    .bind("device", find.device())
                    .bind("reason", find.reason())
                    .bind("hash", find.hash())
                    .bind("content", find.content())
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
                        new byte[0]))
                .list();
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

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST_IN_LIST) {
            parts.add(all.subList(from, Math.min(all.size(), from + MOST_IN_LIST)));
        }
        return parts;
    }
}
