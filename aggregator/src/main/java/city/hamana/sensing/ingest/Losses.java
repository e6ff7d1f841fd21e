package city.hamana.sensing.ingest;

import city.hamana.messages.Ranges;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.Loss;
import city.hamana.messages.v1.LossReason;
import city.hamana.messages.v1.SequenceRange;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What devices signed to have given up or lost. Later blocks may still prove a part of it wrong: held counts first. */
final class Losses {
    private final Chains chains;

    /**
     * The block that declares.
     *
     * @param made when, as far as that is known
     */
    record Source(Block block, String hash, Instant made, Instant received) {}

    Losses(Chains chains) {
        this.chains = chains;
    }

    /** Stores a loss; returns which blocks it speaks of, by chain. */
    Map<ChainId, Ranges> declare(Handle tx, Source source, Loss loss) {
        long id = insert(tx, source, loss);
        Map<ChainId, Ranges> gone = resolved(tx, source, loss.getBlocks());
        PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO ingest_loss_range (loss, device, chain_id, first_sequence, last_sequence)
                VALUES (:loss, :device, :chain, :first, :last)
                """);
        gone.forEach((chain, ranges) -> {
            for (SequenceRange range : ranges.list()) {
                batch.bind("loss", id)
                        .bind("device", chain.device())
                        .bind("chain", chain.boot())
                        .bind("first", range.getFirst())
                        .bind("last", range.getLast())
                        .add();
            }
        });
        if (batch.size() > 0) {
            batch.execute();
        }
        return gone;
    }

    private static long insert(Handle tx, Source source, Loss loss) {
        return tx.createUpdate("""
                        INSERT INTO ingest_loss (device, signer, block_hash, reason, samples, first_ms, last_ms,
                            detail, made_ms, received_ms)
                        VALUES (:device, :signer, :hash, :reason, :samples, :first, :last, :detail, :made, :received)
                        """)
                .bind("device", loss.getBlocks().getDeviceId())
                .bind("signer", source.block.getDeviceId())
                .bind("hash", source.hash)
                .bind("reason", reason(loss.getReason()))
                .bind("samples", loss.getSamples())
                .bind("first", Nullable.of(instant(loss.getFirstUnixMs())))
                .bind("last", Nullable.of(instant(loss.getLastUnixMs())))
                .bind("detail", Quarantined.shown(loss.getDetail()))
                .bind("made", source.made.toEpochMilli())
                .bind("received", source.received.toEpochMilli())
                .executeAndReturnGeneratedKeys()
                .mapTo(Long.class)
                .one();
    }

    /** {@code quota-fine}; {@code other} for what this version has no name for. */
    static String reason(LossReason reason) {
        return reason == LossReason.UNRECOGNIZED
                ? "other"
                : reason.name()
                        .substring("LOSS_REASON_".length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
    }

    private static OptionalLong instant(long unixMs) {
        return unixMs == 0 ? OptionalLong.empty() : OptionalLong.of(unixMs);
    }

    private Map<ChainId, Ranges> resolved(Handle tx, Source source, BlockSet blocks) {
        Map<ChainId, Ranges> gone = new TreeMap<>();
        if (blocks.getBootId().isEmpty()) {
            chains.chains(tx, blocks.getDeviceId()).forEach(chain -> gone.put(chain, known(tx, source, chain)));
            return gone;
        }
        ChainId chain = ChainId.of(blocks.getDeviceId(), blocks.getBootId());
        Ranges named = Ranges.of(blocks.getBlocksList());
        if (named.isEmpty()) {
            boolean over = chain.device().equals(source.block.getDeviceId()) && !chain.equals(ChainId.of(source.block));
            gone.put(chain, over ? Ranges.between(1, Claims.HIGHEST_SEQUENCE) : known(tx, source, chain));
        } else {
            chains.locked(tx, chain, source.received);
            chains.know(tx, chain, named.highest(), source.made);
            gone.put(chain, named);
        }
        return gone;
    }

    /** Everything of a chain that goes on, or may: what is known to exist now, of the block's own what stands before. */
    private Ranges known(Handle tx, Source source, ChainId chain) {
        return chain.equals(ChainId.of(source.block))
                ? Ranges.between(1, source.block.getSequence() - 1)
                : Ranges.between(
                        1, chains.state(tx, chain).map(Chains.State::highest).orElse(0L));
    }
}
