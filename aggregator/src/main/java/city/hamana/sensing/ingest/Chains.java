package city.hamana.sensing.ingest;

import city.hamana.messages.Ranges;
import city.hamana.messages.v1.SequenceRange;
import city.hamana.platform.db.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The chains of blocks: every block's place, what is held as ranges, and how far each chain is known to go. */
final class Chains {
    private static final int MOST_IN_LIST = 200;

    /**
     * A held block's place in its chain.
     *
     * @param made when it was made, as far as that is known
     * @param unsetMs what an unsynchronised clock showed then; empty where the time is known
     */
    record Link(long sequence, String hash, String previousHash, Instant made, OptionalLong unsetMs) {}

    /**
     * A chain as a whole.
     *
     * @param highest last block that is known to have been made
     * @param highestBy by then it had been made
     * @param end the sequence that the chain after it named as its last; 0 where none has
     * @param endHash of that block
     */
    record State(long highest, Instant highestBy, long held, long end, String endHash) {}

    private final Dialect dialect;

    Chains(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The chain as it is, begun where it is new, and locked until the transaction ends. */
    State locked(Handle tx, ChainId chain, Instant now) {
        Optional<State> known = state(tx, chain, dialect.lockRows());
        if (known.isEmpty()) {
            bound(tx.createUpdate("""
                            INSERT INTO ingest_stream (device, chain_id, highest, held, highest_ms, seen_ms)
                            VALUES (:device, :chain, 0, 0, :now, :now)
                            """), chain).bind("now", now.toEpochMilli()).execute();
        }
        return known.orElse(new State(0, now, 0, 0, ""));
    }

    Optional<State> state(Handle tx, ChainId chain) {
        return state(tx, chain, "");
    }

    private static Optional<State> state(Handle tx, ChainId chain, String lock) {
        return bound(tx.createQuery("""
                        SELECT highest, highest_ms, held, end_sequence, end_hash FROM ingest_stream
                        WHERE device = :device AND chain_id = :chain""" + lock), chain)
                .map((row, context) -> new State(
                        row.getLong(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getLong(3),
                        row.getLong(4),
                        row.getString(5)))
                .findOne();
    }

    /** The device's chains, those heard of first first; the first 10,000. */
    List<ChainId> chains(Handle tx, String device) {
        return tx.createQuery("""
                        SELECT chain_id FROM ingest_stream WHERE device = :device
                        ORDER BY seen_ms, chain_id OFFSET 0 ROWS FETCH NEXT 10000 ROWS ONLY
                        """)
                .bind("device", device)
                .map((row, context) -> new ChainId(device, row.getString(1)))
                .list();
    }

    /** Held blocks of a chain at these sequences. */
    Map<Long, Link> links(Handle tx, ChainId chain, Collection<Long> sequences) {
        Map<Long, Link> links = new HashMap<>();
        for (List<Long> part : Ledger.parts(List.copyOf(sequences), MOST_IN_LIST)) {
            bound(tx.createQuery("""
                            SELECT sequence, hash, previous_hash, made_ms, unset_ms FROM ingest_block
                            WHERE device = :device AND chain_id = :chain AND sequence IN (<sequences>)
                            """), chain)
                    .bindList("sequences", part)
                    .map((row, context) -> new Link(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            Instant.ofEpochMilli(row.getLong(4)),
                            Nullable.optional(row, 5)))
                    .forEach(link -> links.put(link.sequence(), link));
        }
        return links;
    }

    /** Notes blocks of a locked chain as held. */
    void hold(Handle tx, ChainId chain, Collection<Link> links, Instant received) {
        PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO ingest_block
                    (device, chain_id, sequence, hash, previous_hash, received_ms, made_ms, unset_ms)
                VALUES (:device, :chain, :sequence, :hash, :previous, :received, :made, :unset)
                """);
        Ranges news = new Ranges();
        for (Link link : links) {
            batch.bind("device", chain.device())
                    .bind("chain", chain.boot())
                    .bind("sequence", link.sequence())
                    .bind("hash", link.hash())
                    .bind("previous", link.previousHash())
                    .bind("received", received.toEpochMilli())
                    .bind("made", link.made().toEpochMilli())
                    .bind("unset", Nullable.of(link.unsetMs()))
                    .add();
            news.add(link.sequence());
        }
        batch.execute();
        merge(tx, chain, news);
        bound(tx.createUpdate("""
                        UPDATE ingest_stream SET held = held + :more WHERE device = :device AND chain_id = :chain
                        """), chain).bind("more", links.size()).execute();
        Instant last = links.stream()
                .max(Comparator.comparingLong(Link::sequence))
                .map(Link::made)
                .orElse(received);
        know(tx, chain, news.highest(), last);
    }

    /** Notes that a chain goes at least so far; whether that is news. The chain's row is locked by it. */
    boolean know(Handle tx, ChainId chain, long highest, Instant by) {
        return bound(tx.createUpdate("""
                                UPDATE ingest_stream SET highest = :highest, highest_ms = :by
                                WHERE device = :device AND chain_id = :chain AND highest < :highest
                                """), chain)
                        .bind("highest", highest)
                        .bind("by", by.toEpochMilli())
                        .execute()
                > 0;
    }

    /** Notes what the chain after it named as a chain's end. */
    void end(Handle tx, ChainId chain, long sequence, String hash) {
        bound(tx.createUpdate("""
                        UPDATE ingest_stream SET end_sequence = :sequence, end_hash = :hash
                        WHERE device = :device AND chain_id = :chain
                        """), chain)
                .bind("sequence", sequence)
                .bind("hash", hash)
                .execute();
    }

    /** What is held of a chain. */
    Ranges held(Handle tx, ChainId chain) {
        return ranges(tx, chain, 0, Long.MAX_VALUE);
    }

    /** Puts the times of blocks right that were made while a boot's clock was unknown. */
    void retime(Handle tx, ChainId chain, long offsetMs) {
        bound(tx.createUpdate("""
                        UPDATE ingest_block SET made_ms = unset_ms + :offset, unset_ms = NULL
                        WHERE device = :device AND chain_id = :chain AND unset_ms IS NOT NULL
                        """), chain).bind("offset", offsetMs).execute();
    }

    /** Joins new blocks with the ranges they touch; the rest of the chain's ranges is not even read. */
    private static void merge(Handle tx, ChainId chain, Ranges news) {
        long first = news.list().getFirst().getFirst();
        Ranges before = ranges(tx, chain, first - 1, news.highest() + 1);
        Ranges after = new Ranges();
        after.addAll(before);
        after.addAll(news);
        Set<SequenceRange> old = new HashSet<>(before.list());
        Set<SequenceRange> wanted = new HashSet<>(after.list());
        List<SequenceRange> gone = old.stream().filter(r -> !wanted.contains(r)).toList();
        List<SequenceRange> come = wanted.stream().filter(r -> !old.contains(r)).toList();
        each(tx, chain, gone, """
                DELETE FROM ingest_range WHERE device = :device AND chain_id = :chain
                    AND first_sequence = :first AND last_sequence = :last
                """);
        each(tx, chain, come, """
                INSERT INTO ingest_range (device, chain_id, first_sequence, last_sequence)
                VALUES (:device, :chain, :first, :last)
                """);
    }

    private static void each(Handle tx, ChainId chain, List<SequenceRange> ranges, String sql) {
        if (ranges.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.prepareBatch(sql);
        for (SequenceRange range : ranges) {
            batch.bind("device", chain.device())
                    .bind("chain", chain.boot())
                    .bind("first", range.getFirst())
                    .bind("last", range.getLast())
                    .add();
        }
        batch.execute();
    }

    private static Ranges ranges(Handle tx, ChainId chain, long from, long to) {
        List<SequenceRange> found = new ArrayList<>();
        bound(tx.createQuery("""
                        SELECT first_sequence, last_sequence FROM ingest_range
                        WHERE device = :device AND chain_id = :chain AND first_sequence <= :to AND last_sequence >= :from
                        """), chain)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> range(row.getLong(1), row.getLong(2)))
                .forEach(found::add);
        return Ranges.of(found);
    }

    static SequenceRange range(long first, long last) {
        return SequenceRange.newBuilder().setFirst(first).setLast(last).build();
    }

    static Query bound(Query query, ChainId chain) {
        return query.bind("device", chain.device()).bind("chain", chain.boot());
    }

    static Update bound(Update update, ChainId chain) {
        return update.bind("device", chain.device()).bind("chain", chain.boot());
    }
}
