package city.hamana.link;

import city.hamana.messages.Chain;
import city.hamana.messages.Dsse;
import city.hamana.messages.MalformedException;
import city.hamana.messages.PayloadType;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.Batch;
import city.hamana.messages.v1.Block;
import city.hamana.messages.v1.ChainEnd;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.Priority;
import city.hamana.messages.v1.RawTelegram;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps signed blocks through power cuts until the other side has signed for them. One SQLite file, write-ahead log,
 * a sync at every commit: what a method has returned survives the plug being pulled. A node's journal holds its own
 * blocks, a gateway's those of its nodes and its own; the file remembers both chains, so that deleting what was
 * receipted never loses the place.
 *
 * <p>Safe for use by several threads; they take turns.
 */
public final class Journal implements AutoCloseable {
    /** A block that waits: its envelope bytes and their SHA-256. */
    public record Held(String device, long sequence, ByteString hash, byte[] envelope) {}

    /** A block that came from a node and is to be kept. */
    public record Incoming(String device, long sequence, Priority priority, byte[] envelope) {}

    /** A signed manifest that waits for city hall's receipt, with its blocks in its order. */
    public record Pending(byte[] envelope, ByteString hash, List<Held> blocks) {}

    /**
     * What waits for a receipt.
     *
     * @param setAside blocks of these that were refused too often to be sent again
     */
    public record Waiting(long blocks, long bytes, long setAside) {}

    private static final String SCHEMA = """
            create table if not exists block (
              id integer primary key,
              device text not null,
              sequence integer not null,
              priority integer not null,
              refusals integer not null default 0,
              hash blob not null unique,
              envelope blob not null
            );
            create index if not exists block_order on block (priority desc, id);
            create table if not exists chain (
              kind text primary key,
              owner text not null,
              chain_id blob not null,
              sequence integer not null,
              hash blob not null
            );
            create table if not exists pending_batch (
              sequence integer primary key,
              envelope blob not null
            )
            """;

    /** A block refused this often is set aside: it is kept, but no longer stops what stands behind it. */
    private static final int MOST_REFUSALS = 5;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final String device;
    private final long quotaBytes;
    private final ByteString bootId = ByteString.copyFrom(random16());
    private final Connection db;
    private Waiting waiting;

    private Journal(Path file, String device, long quotaBytes, Connection db) throws SQLException {
        this.file = file;
        this.device = device;
        this.quotaBytes = quotaBytes;
        this.db = db;
        prepare();
        this.waiting = count();
    }

    /**
     * Opens the journal of a device, or begins it where there is no file.
     *
     * @param quotaBytes how many bytes of envelopes may wait; beyond them nothing more is taken
     * @throws JournalException if the file cannot be used, or belongs to another device
     */
    public static Journal open(Path file, String device, long quotaBytes) {
        try {
            Connection db = DriverManager.getConnection(
                    "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL&busy_timeout=5000");
            return new Journal(file, device, quotaBytes, db);
        } catch (SQLException e) {
            throw JournalException.of(file, e);
        }
    }

    /** 16 random bytes, new at every {@link #open}. */
    public ByteString bootId() {
        return bootId;
    }

    public String device() {
        return device;
    }

    public long quotaBytes() {
        return quotaBytes;
    }

    public synchronized Waiting waiting() {
        return waiting;
    }

    /** Sequence that the device's next own block will get. */
    public synchronized long nextSequence() {
        return inTransaction(() -> {
            Chain chain = chain("block");
            return chain.chainId().equals(bootId) ? chain.sequence() + 1 : 1;
        });
    }

    /**
     * Signs what was measured as the device's next block and keeps it. When this returns, it is on the disk.
     *
     * @return the block's hash
     * @throws JournalException if the quota is reached or the disk refuses; then nothing was kept
     */
    public synchronized ByteString append(
            DeviceIdentity identity,
            ClockState clock,
            Priority priority,
            List<Sample> samples,
            List<RawTelegram> undecoded) {
        checkQuota();
        return inTransaction(() -> {
            Chain before = chain("block");
            Chain chain = before.chainId().equals(bootId) ? before : Chain.begin(bootId.toByteArray());
            Block.Builder building = Block.newBuilder()
                    .setDeviceId(device)
                    .setBootId(bootId)
                    .setSequence(chain.sequence() + 1)
                    .setPreviousHash(chain.hash())
                    .setClock(clock)
                    .setPriority(priority)
                    .addAllSeries(SampleBlock.pack(samples))
                    .addAllUndecoded(undecoded);
            if (chain.sequence() == 0 && before.sequence() > 0) {
                building.setContinues(ChainEnd.newBuilder()
                        .setBootId(before.chainId())
                        .setSequence(before.sequence())
                        .setHash(before.hash()));
            }
            Block block = building.build();
            byte[] envelope = identity.seal(PayloadType.BLOCK, block.toByteArray());
            byte[] hash = Dsse.sha256(envelope);
            insert(new Incoming(device, block.getSequence(), priority, envelope), hash);
            saveChain("block", chain.next(hash));
            return ByteString.copyFrom(hash);
        });
    }

    /**
     * Keeps blocks of other devices as they are, all in one commit. One that is held already is not kept twice.
     *
     * @throws JournalException if the quota is reached or the disk refuses; then none was kept
     */
    public synchronized void accept(Collection<Incoming> blocks) {
        checkQuota();
        inTransaction(() -> {
            for (Incoming block : blocks) {
                insert(block, Dsse.sha256(block.envelope()));
            }
            return null;
        });
    }

    /** The blocks to be sent next: higher priority first, then in the order in which they came. */
    public synchronized List<Held> next(int mostBlocks, long mostBytes) {
        return inTransaction(() -> select(mostBlocks, mostBytes));
    }

    /** Deletes what the other side has signed for; returns how many blocks that were. */
    public synchronized int delete(Collection<ByteString> hashes) {
        return inTransaction(() -> deleteBlocks(hashes));
    }

    /** Notes that the other side does not want a block; after five times it is set aside, not deleted. */
    public synchronized void refused(ByteString hash) {
        inTransaction(() -> {
            try (PreparedStatement update =
                    db.prepareStatement("update block set refusals = refusals + 1 where hash = ? returning refusals")) {
                update.setBytes(1, hash.toByteArray());
                try (ResultSet row = update.executeQuery()) {
                    int aside = row.next() && row.getInt(1) == MOST_REFUSALS ? 1 : 0;
                    waiting = new Waiting(waiting.blocks(), waiting.bytes(), waiting.setAside() + aside);
                }
            }
            return null;
        });
    }

    /**
     * The batch to be sent next: the one that waits for its receipt, else a new one signed over the next blocks.
     * A batch once signed is sent again as the same bytes until it is receipted, also by the next boot.
     *
     * @return empty when nothing waits
     */
    public synchronized Optional<Pending> nextBatch(
            DeviceIdentity identity, ClockState clock, int mostBlocks, long mostBytes) {
        return inTransaction(() -> {
            Optional<Pending> pending = pendingBatch();
            if (pending.isPresent()) {
                return pending;
            }
            List<Held> blocks = select(mostBlocks, mostBytes);
            return blocks.isEmpty() ? Optional.empty() : Optional.of(seal(identity, clock, blocks, chain("batch")));
        });
    }

    /** Deletes a batch's blocks and the batch itself after city hall's receipt. */
    public synchronized void batchReceived(Collection<ByteString> blockHashes) {
        inTransaction(() -> {
            deleteBlocks(blockHashes);
            return execute("delete from pending_batch");
        });
    }

    /**
     * Begins another chain of batches because city hall no longer knows this one's end; the pending batch is taken back
     * and its blocks go into the first batch of the new chain.
     */
    public synchronized void beginNewBatchChain() {
        inTransaction(() -> {
            execute("delete from pending_batch");
            saveChain("batch", Chain.begin(random16()));
            return null;
        });
    }

    @Override
    public synchronized void close() {
        try {
            db.close();
        } catch (SQLException e) {
            throw JournalException.of(file, e);
        }
    }

    // --- transactions and rows -----------------------------------------------------------------------------------

    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        Waiting before = waiting;
        try {
            T result = work.run();
            db.commit();
            return result;
        } catch (SQLException e) {
            waiting = before;
            rollback();
            throw JournalException.of(file, e);
        } catch (RuntimeException e) {
            waiting = before;
            rollback();
            throw e;
        }
    }

    private void rollback() {
        try {
            db.rollback();
        } catch (SQLException e) {
            throw JournalException.of(file, e);
        }
    }

    private void prepare() throws SQLException {
        try (Statement statement = db.createStatement()) {
            for (String part : SCHEMA.split(";")) {
                statement.execute(part);
            }
        }
        db.setAutoCommit(false);
        for (String kind : List.of("block", "batch")) {
            try (PreparedStatement insert =
                    db.prepareStatement("insert or ignore into chain values (?, ?, ?, 0, x'')")) {
                insert.setString(1, kind);
                insert.setString(2, device);
                insert.setBytes(3, random16());
                insert.executeUpdate();
            }
        }
        db.commit();
        checkOwner();
    }

    private void checkOwner() throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet row = statement.executeQuery("select owner from chain where kind = 'block'")) {
            String owner = row.getString(1);
            if (!owner.equals(device)) {
                db.close();
                throw JournalException.foreign(file, owner, device);
            }
        }
    }

    private void checkQuota() {
        if (waiting.bytes() >= quotaBytes) {
            throw JournalException.full(file, quotaBytes);
        }
    }

    private Waiting count() throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet row = statement.executeQuery("select count(*), coalesce(sum(length(envelope)), 0),"
                        + " coalesce(sum(refusals >= " + MOST_REFUSALS + "), 0) from block")) {
            Waiting counted = new Waiting(row.getLong(1), row.getLong(2), row.getLong(3));
            db.commit();
            return counted;
        }
    }

    private Chain chain(String kind) throws SQLException {
        try (PreparedStatement query =
                db.prepareStatement("select chain_id, sequence, hash from chain where kind = ?")) {
            query.setString(1, kind);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Chain(
                        ByteString.copyFrom(row.getBytes(1)), row.getLong(2), ByteString.copyFrom(row.getBytes(3)));
            }
        }
    }

    private void saveChain(String kind, Chain chain) throws SQLException {
        try (PreparedStatement update =
                db.prepareStatement("update chain set chain_id = ?, sequence = ?, hash = ? where kind = ?")) {
            update.setBytes(1, chain.chainId().toByteArray());
            update.setLong(2, chain.sequence());
            update.setBytes(3, chain.hash().toByteArray());
            update.setString(4, kind);
            update.executeUpdate();
        }
    }

    private void insert(Incoming block, byte[] hash) throws SQLException {
        try (PreparedStatement insert = db.prepareStatement(
                "insert or ignore into block (device, sequence, priority, hash, envelope) values (?, ?, ?, ?, ?)")) {
            insert.setString(1, block.device());
            insert.setLong(2, block.sequence());
            insert.setInt(3, block.priority().getNumber());
            insert.setBytes(4, hash);
            insert.setBytes(5, block.envelope());
            int rows = insert.executeUpdate();
            long bytes = rows * (long) block.envelope().length;
            waiting = new Waiting(waiting.blocks() + rows, waiting.bytes() + bytes, waiting.setAside());
        }
    }

    private List<Held> select(int mostBlocks, long mostBytes) throws SQLException {
        List<Held> blocks = new ArrayList<>();
        long bytes = 0;
        try (PreparedStatement query = db.prepareStatement(
                "select device, sequence, hash, envelope from block where refusals < ? order by priority desc, id limit ?")) {
            query.setInt(1, MOST_REFUSALS);
            query.setInt(2, mostBlocks);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Held block = held(rows);
                    bytes += block.envelope().length;
                    if (bytes > mostBytes && !blocks.isEmpty()) {
                        break;
                    }
                    blocks.add(block);
                }
            }
        }
        return blocks;
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(row.getString(1), row.getLong(2), ByteString.copyFrom(row.getBytes(3)), row.getBytes(4));
    }

    private int deleteBlocks(Collection<ByteString> hashes) throws SQLException {
        int deleted = 0;
        try (PreparedStatement delete =
                db.prepareStatement("delete from block where hash = ? returning length(envelope), refusals")) {
            for (ByteString hash : hashes) {
                delete.setBytes(1, hash.toByteArray());
                try (ResultSet row = delete.executeQuery()) {
                    while (row.next()) {
                        deleted++;
                        int aside = row.getInt(2) >= MOST_REFUSALS ? 1 : 0;
                        waiting = new Waiting(
                                waiting.blocks() - 1, waiting.bytes() - row.getLong(1), waiting.setAside() - aside);
                    }
                }
            }
        }
        return deleted;
    }

    private int execute(String sql) throws SQLException {
        try (Statement statement = db.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    // --- batches -------------------------------------------------------------------------------------------------

    private Pending seal(DeviceIdentity identity, ClockState clock, List<Held> blocks, Chain chain)
            throws SQLException {
        Batch batch = Batch.newBuilder()
                .setGatewayId(device)
                .setBootId(bootId)
                .setChainId(chain.chainId())
                .setSequence(chain.sequence() + 1)
                .setPreviousHash(chain.hash())
                .setClock(clock)
                .addAllBlockHashes(blocks.stream().map(Held::hash).toList())
                .build();
        byte[] envelope = identity.seal(PayloadType.BATCH, batch.toByteArray());
        byte[] hash = Dsse.sha256(envelope);
        try (PreparedStatement insert = db.prepareStatement("insert into pending_batch values (?, ?)")) {
            insert.setLong(1, batch.getSequence());
            insert.setBytes(2, envelope);
            insert.executeUpdate();
        }
        saveChain("batch", chain.next(hash));
        return new Pending(envelope, ByteString.copyFrom(hash), blocks);
    }

    private Optional<Pending> pendingBatch() throws SQLException {
        byte[] envelope;
        try (Statement statement = db.createStatement();
                ResultSet row = statement.executeQuery("select envelope from pending_batch")) {
            if (!row.next()) {
                return Optional.empty();
            }
            envelope = row.getBytes(1);
        }
        List<Held> blocks = new ArrayList<>();
        try (PreparedStatement query =
                db.prepareStatement("select device, sequence, hash, envelope from block where hash = ?")) {
            for (ByteString hash : manifest(envelope).getBlockHashesList()) {
                query.setBytes(1, hash.toByteArray());
                try (ResultSet row = query.executeQuery()) {
                    if (row.next()) {
                        blocks.add(held(row));
                    }
                }
            }
        }
        return Optional.of(new Pending(envelope, ByteString.copyFrom(Dsse.sha256(envelope)), blocks));
    }

    private static Batch manifest(byte[] envelope) {
        try {
            return Batch.parseFrom(Dsse.parse(envelope).getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw MalformedException.of("a batch of our own cannot be read", e);
        }
    }

    private static byte[] random16() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
