package city.hamana.link;

import city.hamana.messages.Chain;
import city.hamana.messages.Dsse;
import city.hamana.messages.MalformedException;
import city.hamana.messages.PayloadType;
import city.hamana.messages.Ranges;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Batch;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.ChainEnd;
import city.hamana.messages.v1.ClockCorrection;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.Loss;
import city.hamana.messages.v1.LossReason;
import city.hamana.messages.v1.Priority;
import city.hamana.messages.v1.RawTelegram;
import city.hamana.messages.v1.StorageState;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps signed blocks through power cuts until the other side has signed for them. One SQLite file, write-ahead log,
 * a sync at every commit: what a method has returned survives the plug being pulled. A node's journal holds its own
 * blocks, a gateway's those of its nodes and its own.
 *
 * <p>The device's chain of blocks begins anew with every {@link #open} and names the end of the one before. Blocks that
 * were receipted are retained for a while, for when city hall asks again. When the quota is reached the least valuable
 * goes first, see {@link Thinning}; every drop is a signed record in the next block.
 *
 * <p>Safe for use by several threads; they take turns.
 */
public final class Journal implements AutoCloseable {
    /** A block that waits: its envelope bytes and their SHA-256. */
    public record Held(String device, long sequence, ByteString hash, byte[] envelope) {}

    /**
     * A block that came from a node and is to be kept.
     *
     * @param certificate DER of the certificate that its signature was checked with
     */
    public record Incoming(
            String device,
            ByteString bootId,
            long sequence,
            Priority priority,
            String keyid,
            byte[] certificate,
            byte[] envelope) {
        /** A block as it was opened with this certificate's key. */
        public static Incoming of(byte[] envelope, Block block, X509Certificate certificate) {
            return new Incoming(
                    block.getDeviceId(),
                    block.getBootId(),
                    block.getSequence(),
                    block.getPriority(),
                    Certificates.keyid(certificate.getPublicKey()),
                    Certificates.der(certificate),
                    envelope);
        }
    }

    /** What an own block is to carry. */
    public record Content(
            Priority priority, List<Sample> samples, List<RawTelegram> undecoded, ClockCorrection correction) {
        /** Samples and nothing else. */
        public static Content of(Priority priority, List<Sample> samples) {
            return new Content(priority, samples, List.of(), ClockCorrection.getDefaultInstance());
        }

        /** Nothing but what the journal itself has to say of losses. */
        public static Content none() {
            return of(Priority.PRIORITY_READING, List.of());
        }
    }

    /** A signed manifest that waits for city hall's receipt, its blocks in its order, and their signers' certificates (DER). */
    public record Pending(byte[] envelope, ByteString hash, List<Held> blocks, List<byte[]> certificates) {}

    /**
     * What is in the journal.
     *
     * @param blocks that wait for a receipt
     * @param bytes of their envelopes
     * @param setAside blocks of these that were refused too often to be sent again today
     * @param retainedBytes of blocks that were receipted and are kept for a while
     */
    public record Waiting(long blocks, long bytes, long setAside, long retainedBytes) {}

    /**
     * How much a journal may hold.
     *
     * @param quotaBytes of envelopes, those that wait and the retained ones together; the file grows to about 1.3 times that
     * @param retainBytes of receipted blocks that are kept, the oldest go first; 0: they are deleted with their receipt
     * @param zone whose days are the billing days
     */
    public record Options(long quotaBytes, long retainBytes, ZoneId zone) {
        private static final int RETAINED_PART = 4;

        /** Reads {@code journal-quota-bytes}, {@code journal-retain-bytes} (a quarter of the quota) and {@code city-time-zone}. */
        public static Options of(Settings settings, long usualQuotaBytes) {
            long quota = settings.number("journal-quota-bytes", usualQuotaBytes, 1 << 16, 1L << 40);
            return new Options(
                    quota,
                    settings.number("journal-retain-bytes", quota / RETAINED_PART, 0, quota / 2),
                    settings.zone("city-time-zone", "Asia/Tokyo"));
        }
    }

    /** A block refused this often is set aside: it is kept, but no longer stops what stands behind it. */
    static final int MOST_REFUSALS = 5;

    private static final int MOST_CHAINS_TOLD = 256;
    private static final int MOST_LOSSES_IN_A_BLOCK = 100;
    private static final int MOST_ANSWERED = 1_000;
    private static final Duration SET_ASIDE_FOR = Duration.ofDays(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JournalFile file;
    private final String device;
    private final Options options;
    private final ByteString bootId = ByteString.copyFrom(random16());
    private final BlockTable blocks;
    private final Room room;
    private final Witness witness;
    private final Set<BlockSet> answered = new LinkedHashSet<>();
    private Chain chain = Chain.begin(bootId.toByteArray());
    private boolean lossesWait;
    private int generation;
    private long setAsideNanos = System.nanoTime();
    private long appendedBytes;
    private long appendedSamples;

    private Journal(JournalFile file, String device, Options options) {
        this.file = file;
        this.device = device;
        this.options = options;
        this.blocks = new BlockTable(file);
        this.room = new Room(device, blocks, options);
        this.witness = new Witness(file.file().resolveSibling(file.file().getFileName() + ".end"));
        inTransaction(() -> {
            hearWitness();
            blocks.retrySetAside();
            return execute(
                    "delete from signer where keyid not in (select keyid from block) and device <> '" + device + "'");
        });
    }

    /**
     * Opens the journal of a device, or begins it where there never was one.
     *
     * @throws JournalException if the file cannot be used, or belongs to another device
     */
    public static Journal open(Path file, String device, Options options) {
        return new Journal(JournalFile.open(file, device), device, options);
    }

    /** 16 random bytes, new at every {@link #open}; they name the chain of the device's own blocks. */
    public ByteString bootId() {
        return bootId;
    }

    public String device() {
        return device;
    }

    public long quotaBytes() {
        return options.quotaBytes();
    }

    Path file() {
        return file.file();
    }

    public synchronized Waiting waiting() {
        return blocks.waiting();
    }

    /** What waits, as ranges of each chain, the first 256 chains. */
    public synchronized List<BlockSet> pending() {
        return blocks.pending(MOST_CHAINS_TOLD);
    }

    public synchronized StorageState storageState() {
        return file.state();
    }

    /** One sentence where the storage's state is not OK. */
    public synchronized String storageDetail() {
        return file.detail();
    }

    /** Bytes of envelopes kept since the start, own and accepted ones. */
    synchronized long appendedBytes() {
        return appendedBytes;
    }

    /** Samples of own blocks kept since the start; of accepted ones their number of blocks. */
    synchronized long appendedSamples() {
        return appendedSamples;
    }

    /** Sequence that the device's next own block will get. */
    public synchronized long nextSequence() {
        return chain.sequence() + 1;
    }

    /** Whether a loss is to be told that no block carries yet: {@link Content#none} is worth a block then. */
    public synchronized boolean lossesWait() {
        return lossesWait;
    }

    /**
     * Signs what was measured as the device's next block and keeps it. When this returns, it is on the disk.
     *
     * @return the block's hash
     * @throws JournalException if nothing more may be given up for it or the disk refuses; then nothing was kept
     */
    public synchronized ByteString append(DeviceIdentity identity, ClockState clock, Content content) {
        Own own = new Own(identity, clock);
        makeRoom(own);
        ByteString hash = inTransaction(() -> {
            room.require(file.file());
            return own.append(content, losses(), 0);
        });
        appendedSamples += content.samples().size();
        return hash;
    }

    /**
     * Keeps blocks of other devices as they are, all in one commit. One that is held already is not kept twice.
     *
     * @param identity and clock of this device, for what it may have to say of losses
     * @throws JournalException if nothing more may be given up for them or the disk refuses; then none was kept
     */
    public synchronized void accept(DeviceIdentity identity, ClockState clock, Collection<Incoming> incoming) {
        makeRoom(new Own(identity, clock));
        inTransaction(() -> {
            room.require(file.file());
            for (Incoming block : incoming) {
                signer(block.keyid(), block.device(), block.certificate());
                kept(blocks.insert(row(block), block.envelope()));
            }
            return null;
        });
        appendedSamples += incoming.size();
    }

    /** In a transaction of its own: what has been given up stays so, also when there is no room all the same. */
    private void makeRoom(Own own) {
        if (room.needed()) {
            inTransaction(() -> {
                room.make(own);
                return null;
            });
        }
    }

    /** The blocks to be sent next: higher priority first, then in the order in which they came. */
    public synchronized List<Held> next(int mostBlocks, long mostBytes) {
        boolean retry = System.nanoTime() - setAsideNanos > SET_ASIDE_FOR.toNanos();
        return inTransaction(() -> {
            if (retry) {
                blocks.retrySetAside();
                setAsideNanos = System.nanoTime();
            }
            return blocks.next(mostBlocks, mostBytes);
        });
    }

    /** Takes out of the queue what the other side has signed for; returns how many blocks that were. */
    public synchronized int received(Collection<ByteString> hashes) {
        return inTransaction(() -> blocks.received(hashes, options.retainBytes()));
    }

    /** Notes that the other side does not want a block; after five times it is set aside for a day, not deleted. */
    public synchronized void refused(ByteString hash) {
        inTransaction(() -> {
            blocks.refused(hash);
            return null;
        });
    }

    /** What was set aside gets another try, with {@link #next}; with its first refusal it is aside again. */
    public synchronized void retrySetAside() {
        inTransaction(() -> {
            blocks.retrySetAside();
            return null;
        });
    }

    /**
     * Puts blocks that city hall asks for again back into the queue. Of own ones that are not held any more the next
     * block says so.
     *
     * @return those of other devices that are not held here: ask them
     */
    public synchronized List<BlockSet> wanted(Collection<BlockSet> asked) {
        return inTransaction(() -> {
            List<BlockSet> elsewhere = new ArrayList<>();
            for (BlockSet set : asked) {
                BlockSet rest = blocks.again(set);
                if (rest.getBlocksCount() > 0 && rest.getDeviceId().equals(device)) {
                    answer(rest);
                } else if (rest.getBlocksCount() > 0) {
                    elsewhere.add(rest);
                }
            }
            return elsewhere;
        });
    }

    /** Certificates (DER) that waiting blocks of this device were signed with. */
    public synchronized List<byte[]> ownSigners() {
        return inTransaction(() -> blocks.signers("device = '" + device + "' and received = 0"));
    }

    /** A device's certificates (DER) that its blocks in here were signed with; known over restarts. */
    public synchronized List<byte[]> signersOf(String other) {
        return inTransaction(() -> signers(other));
    }

    private List<byte[]> signers(String of) throws SQLException {
        try (PreparedStatement query = file.db().prepareStatement("select der from signer where device = ?")) {
            query.setString(1, of);
            return BlockTable.bytes(query);
        }
    }

    @Override
    public synchronized void close() {
        witness.close();
        file.close();
    }

    // --- batches -------------------------------------------------------------------------------------------------

    /**
     * The batch to be sent next: the one that waits for its receipt, else a new one signed over the next blocks.
     * A batch once signed is sent again as the same bytes until it is receipted, also by the next boot.
     *
     * @return empty when nothing waits
     */
    public synchronized Optional<Pending> nextBatch(
            DeviceIdentity identity, ClockState clock, int mostBlocks, long mostBytes) {
        return inTransaction(() -> {
            Optional<byte[]> signed = pendingBatch();
            Optional<Pending> pending = signed.isPresent() ? whole(signed.get()) : Optional.empty();
            if (pending.isPresent()) {
                return pending;
            }
            List<Held> next = blocks.next(mostBlocks, mostBytes);
            return next.isEmpty() ? Optional.empty() : whole(seal(identity, clock, next));
        });
    }

    /** Takes a batch's blocks out of the queue and deletes the batch itself after city hall's receipt. */
    public synchronized void batchReceived(Collection<ByteString> blockHashes) {
        inTransaction(() -> {
            blocks.received(blockHashes, options.retainBytes());
            return execute("delete from pending_batch");
        });
    }

    /**
     * Begins another chain of batches because city hall no longer knows this one's end; the pending batch is taken back
     * and its blocks go into the first batch of the new chain.
     */
    public synchronized void beginNewBatchChain() {
        inTransaction(() -> {
            takeBackBatch();
            return null;
        });
    }

    /**
     * Takes back a batch that city hall will not have, to be divided: send fewer next time. One that had a single block
     * has found it: that block counts as refused.
     */
    public synchronized void batchRefused(Pending batch) {
        inTransaction(() -> {
            takeBackBatch();
            if (batch.blocks().size() == 1) {
                blocks.refused(batch.blocks().getFirst().hash());
            }
            return null;
        });
    }

    /** Its blocks are free for other batches, of another chain: city hall may or may not have seen this one. */
    private void takeBackBatch() throws SQLException {
        execute("delete from pending_batch");
        saveChain("batch", Chain.begin(random16()));
    }

    private byte[] seal(DeviceIdentity identity, ClockState clock, List<Held> next) throws SQLException {
        Chain batches = chain("batch").orElseGet(() -> Chain.begin(random16()));
        Batch batch = Batch.newBuilder()
                .setGatewayId(device)
                .setBootId(bootId)
                .setChainId(batches.chainId())
                .setSequence(batches.sequence() + 1)
                .setPreviousHash(batches.hash())
                .setClock(clock)
                .addAllBlockHashes(next.stream().map(Held::hash).toList())
                .build();
        byte[] envelope = identity.seal(PayloadType.BATCH, batch.toByteArray());
        try (PreparedStatement insert = file.db().prepareStatement("insert into pending_batch values (?, ?)")) {
            insert.setLong(1, batch.getSequence());
            insert.setBytes(2, envelope);
            insert.executeUpdate();
        }
        saveChain("batch", batches.next(Dsse.sha256(envelope)));
        signer(identity);
        return envelope;
    }

    private Optional<byte[]> pendingBatch() throws SQLException {
        try (Statement statement = file.db().createStatement();
                ResultSet row = statement.executeQuery("select envelope from pending_batch")) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
    }

    /** Empty if some of its blocks were given up or lost meanwhile: then it is taken back, and its chain with it. */
    private Optional<Pending> whole(byte[] envelope) throws SQLException {
        try {
            Batch manifest = Batch.parseFrom(Dsse.parse(envelope).getPayload());
            List<Held> held = blocks.named(manifest.getBlockHashesList());
            if (held.size() < manifest.getBlockHashesCount()) {
                takeBackBatch();
                return Optional.empty();
            }
            List<byte[]> certificates = new ArrayList<>(blocks.signersOf(manifest.getBlockHashesList()));
            certificates.addAll(signers(device));
            return Optional.of(new Pending(envelope, ByteString.copyFrom(Dsse.sha256(envelope)), held, certificates));
        } catch (InvalidProtocolBufferException e) {
            throw MalformedException.of("a batch of our own cannot be read", e);
        }
    }

    // --- own blocks ----------------------------------------------------------------------------------------------

    /** Who signs, and when: what it takes to write into the own chain. */
    final class Own {
        private final DeviceIdentity identity;
        private final ClockState clock;

        private Own(DeviceIdentity identity, ClockState clock) {
            this.identity = identity;
            this.clock = clock;
        }

        /** The next block of the chain, kept. {@code thinned}: through which steps its content has gone. */
        ByteString append(Content content, List<Loss> losses, int thinned) throws SQLException {
            Block.Builder building = Block.newBuilder()
                    .setDeviceId(device)
                    .setBootId(bootId)
                    .setSequence(chain.sequence() + 1)
                    .setPreviousHash(chain.hash())
                    .setClock(clock)
                    .setPriority(content.priority())
                    .addAllSeries(SampleBlock.pack(content.samples()))
                    .addAllUndecoded(content.undecoded())
                    .addAllLosses(losses);
            if (!content.correction().equals(ClockCorrection.getDefaultInstance())) {
                building.setCorrection(content.correction());
            }
            if (chain.sequence() == 0) {
                chain("block").ifPresent(before -> building.setContinues(end(before)));
            }
            Block block = building.build();
            byte[] envelope = identity.seal(PayloadType.BLOCK, block.toByteArray());
            byte[] hash = Dsse.sha256(envelope);
            signer(identity);
            kept(blocks.insert(row(block, identity.keyid(), thinned), envelope));
            advance(chain.next(hash));
            return ByteString.copyFrom(hash);
        }
    }

    /** The chain in memory moves only when the commit is on the disk, and never back with a file that forgot. */
    private void advance(Chain next) throws SQLException {
        Chain before = chain;
        saveChain("block", next);
        chain = next;
        blocks.onRollback(() -> chain = before);
        blocks.onCommit(() -> witness.note(bootId, next.sequence()));
    }

    /** Blocks that had been committed when the program last ran, and that the file has forgotten. */
    private void hearWitness() throws SQLException {
        Optional<Witness.Seen> seen = witness.seen();
        Optional<Chain> end = chain("block");
        if (seen.isEmpty()) {
            return;
        }
        boolean sameBoot =
                end.isPresent() && end.get().chainId().equals(seen.get().bootId());
        long known = sameBoot ? end.get().sequence() : 0;
        if (seen.get().sequence() > known) {
            forgotten(BlockSet.newBuilder()
                    .setDeviceId(device)
                    .setBootId(seen.get().bootId())
                    .addAllBlocks(
                            Ranges.between(known + 1, seen.get().sequence()).list())
                    .build());
        }
        if (!sameBoot) {
            // A whole boot is forgotten, and who knows what of the one before it: whatever has not come by now.
            forgotten(BlockSet.newBuilder().setDeviceId(device).build());
        }
    }

    private void forgotten(BlockSet gone) throws SQLException {
        JournalFile.note(
                file.db(),
                device,
                Loss.newBuilder()
                        .setBlocks(gone)
                        .setReason(LossReason.LOSS_REASON_STORAGE_DAMAGED)
                        .setDetail("The disk has lost what it had confirmed.")
                        .build());
    }

    private void kept(long bytes) {
        appendedBytes += bytes;
        blocks.onRollback(() -> appendedBytes -= bytes);
    }

    private static ChainEnd end(Chain before) {
        return ChainEnd.newBuilder()
                .setBootId(before.chainId())
                .setSequence(before.sequence())
                .setHash(before.hash())
                .build();
    }

    private static BlockTable.Row row(Block block, String keyid, int thinned) {
        return new BlockTable.Row(
                block.getDeviceId(), block.getBootId(), block.getSequence(), block.getPriority(), keyid, thinned);
    }

    private static BlockTable.Row row(Incoming block) {
        return new BlockTable.Row(block.device(), block.bootId(), block.sequence(), block.priority(), block.keyid(), 0);
    }

    private void signer(DeviceIdentity identity) throws SQLException {
        signer(identity.keyid(), device, Certificates.der(identity.certificate()));
    }

    private void signer(String keyid, String owner, byte[] der) throws SQLException {
        try (PreparedStatement insert = file.db().prepareStatement("insert or ignore into signer values (?, ?, ?)")) {
            insert.setString(1, keyid);
            insert.setString(2, owner);
            insert.setBytes(3, der);
            insert.executeUpdate();
        }
    }

    /** What is to be said of losses; said with the block that is being written. */
    private List<Loss> losses() throws SQLException {
        List<Loss> losses = new ArrayList<>();
        try (PreparedStatement taken = file.db()
                .prepareStatement("delete from loss where id in (select id from loss order by id limit ?)"
                        + " returning record")) {
            taken.setInt(1, MOST_LOSSES_IN_A_BLOCK);
            for (byte[] record : BlockTable.bytes(taken)) {
                losses.add(Loss.parseFrom(record));
            }
        } catch (InvalidProtocolBufferException e) {
            throw MalformedException.of("a loss of our own cannot be read", e);
        }
        return losses;
    }

    /** Each thing asked for is answered once a boot. */
    private void answer(BlockSet notHeld) throws SQLException {
        if (answered.size() < MOST_ANSWERED && answered.add(notHeld)) {
            JournalFile.note(
                    file.db(),
                    device,
                    Loss.newBuilder()
                            .setBlocks(notHeld)
                            .setReason(LossReason.LOSS_REASON_HANDED_OVER)
                            .setDetail("Handed over against a receipt and not kept any longer.")
                            .build());
        }
    }

    // --- transactions and rows -----------------------------------------------------------------------------------

    @FunctionalInterface
    private interface Statements<T> {
        T run() throws SQLException;
    }

    private <T> T inTransaction(Statements<T> work) {
        try {
            T result = file.transaction(db -> {
                blocks.rolledBack();
                recountAfterRepair();
                T done = work.run();
                lossesWait = anyLoss();
                return done;
            });
            blocks.committed();
            return result;
        } catch (JournalException e) {
            blocks.rolledBack();
            if (e.state() == StorageState.STORAGE_STATE_FULL && e.getCause() != null) {
                room.diskFull();
            }
            throw e;
        } catch (RuntimeException e) {
            blocks.rolledBack();
            throw e;
        }
    }

    /** After the file was opened again or put together, memory and file may differ: what is gone is noted as lost. */
    private void recountAfterRepair() throws SQLException {
        if (generation == file.generation()) {
            return;
        }
        for (BlockSet gone : blocks.recount()) {
            if (gone.getDeviceId().equals(device)) {
                forgotten(gone);
            }
        }
        followFile();
        int seen = file.generation();
        blocks.onCommit(() -> generation = seen);
    }

    /**
     * A commit whose sync failed may be found in the file all the same, once that was opened again. Then its block has
     * its place in the chain, and the next one comes after it.
     */
    private void followFile() {
        chain("block")
                .filter(end -> end.chainId().equals(bootId) && end.sequence() > chain.sequence())
                .ifPresent(end -> chain = end);
    }

    private boolean anyLoss() throws SQLException {
        try (Statement statement = file.db().createStatement();
                ResultSet row = statement.executeQuery("select exists (select 1 from loss)")) {
            return row.getInt(1) == 1;
        }
    }

    private Optional<Chain> chain(String kind) {
        try (PreparedStatement query =
                file.db().prepareStatement("select chain_id, sequence, hash from chain where kind = ?")) {
            query.setString(1, kind);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Chain(
                                ByteString.copyFrom(row.getBytes(1)),
                                row.getLong(2),
                                ByteString.copyFrom(row.getBytes(3))))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw JournalException.of(file.file(), JournalFile.state(e), e);
        }
    }

    private void saveChain(String kind, Chain link) throws SQLException {
        try (PreparedStatement update = file.db().prepareStatement("""
                insert into chain values (?, ?, ?, ?, ?)
                on conflict (kind) do update set chain_id = excluded.chain_id, sequence = excluded.sequence,
                  hash = excluded.hash
                """)) {
            update.setString(1, kind);
            update.setString(2, device);
            update.setBytes(3, link.chainId().toByteArray());
            update.setLong(4, link.sequence());
            update.setBytes(5, link.hash().toByteArray());
            update.executeUpdate();
        }
    }

    private int execute(String sql) throws SQLException {
        try (Statement statement = file.db().createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static byte[] random16() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
