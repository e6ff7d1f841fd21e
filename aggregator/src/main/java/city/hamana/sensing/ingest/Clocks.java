package city.hamana.sensing.ingest;

import city.hamana.messages.Dsse;
import city.hamana.messages.Quality;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Block;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * By how much each boot's unsynchronised clock was behind, and the blocks whose samples wait for that. A boot that is
 * never synchronised keeps them waiting for ever: they are shown, never guessed.
 */
final class Clocks {
    /** Most waiting blocks that are in memory at a time. */
    private static final int PART = 50;

    /** A block whose samples wait for its boot's clock. */
    record Waiting(long sequence, byte[] envelope) {
        Block block() {
            return SampleBlock.parse(Dsse.parse(envelope).getPayload().toByteArray());
        }
    }

    /** Whether a sample cannot be placed in time without its boot's offset. */
    static boolean untimed(Sample sample) {
        return (sample.flags() & Quality.CLOCK_UNKNOWN) != 0 && (sample.flags() & Quality.METER_TIME) == 0;
    }

    /** The sample put right; one whose time was never in doubt loses only the doubt. */
    static Sample timed(Sample sample, long offsetMs) {
        Instant at = untimed(sample) ? sample.at().plusMillis(offsetMs) : sample.at();
        int flags = sample.flags() & ~Quality.CLOCK_UNKNOWN;
        return new Sample(sample.meter(), sample.quantity(), at, sample.value(), sample.exponent(), flags);
    }

    OptionalLong offset(Handle tx, ChainId chain) {
        return Chains.bound(tx.createQuery("""
                        SELECT offset_ms FROM ingest_clock WHERE device = :device AND chain_id = :chain
                        """), chain)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    void learn(Handle tx, ChainId chain, long offsetMs) {
        Chains.bound(tx.createUpdate("""
                        INSERT INTO ingest_clock (device, chain_id, offset_ms) VALUES (:device, :chain, :offset)
                        """), chain).bind("offset", offsetMs).execute();
    }

    /** Keeps blocks until the clock is known. */
    void await(Handle tx, ChainId chain, Map<Waiting, Integer> samplesByBlock, Instant received) {
        if (samplesByBlock.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO ingest_untimed (device, chain_id, sequence, samples, received_ms, envelope)
                VALUES (:device, :chain, :sequence, :samples, :received, :envelope)
                """);
        samplesByBlock.forEach((block, samples) -> batch.bind("device", chain.device())
                .bind("chain", chain.boot())
                .bind("sequence", block.sequence())
                .bind("samples", samples)
                .bind("received", received.toEpochMilli())
                .bind("envelope", block.envelope())
                .add());
        batch.execute();
    }

    /** The next blocks that wait, in order, at most 50; {@link #placed} takes them out. */
    List<Waiting> waiting(Handle tx, ChainId chain) {
        return Chains.bound(tx.createQuery("""
                        SELECT sequence, envelope FROM ingest_untimed WHERE device = :device AND chain_id = :chain
                        ORDER BY sequence OFFSET 0 ROWS FETCH NEXT :most ROWS ONLY
                        """), chain)
                .bind("most", PART)
                .map((row, context) -> new Waiting(row.getLong(1), row.getBytes(2)))
                .list();
    }

    void placed(Handle tx, ChainId chain, long lastSequence) {
        Chains.bound(tx.createUpdate("""
                        DELETE FROM ingest_untimed
                        WHERE device = :device AND chain_id = :chain AND sequence <= :last
                        """), chain).bind("last", lastSequence).execute();
    }

    /** Samples that wait for their clock, by device; devices without any are absent. */
    Map<String, Long> untimed(Handle tx) {
        Map<String, Long> counts = new TreeMap<>();
        tx.createQuery("SELECT device, SUM(samples) FROM ingest_untimed GROUP BY device")
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }
}
