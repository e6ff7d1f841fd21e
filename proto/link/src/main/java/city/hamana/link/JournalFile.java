package city.hamana.link;

import city.hamana.messages.DeviceId;
import city.hamana.messages.Dsse;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.Loss;
import city.hamana.messages.v1.LossReason;
import city.hamana.messages.v1.StorageState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQLite file under a journal: a commit is on the disk, and the file is put together again from what can be read when
 * it is damaged, deleted or exchanged. What was damaged stays beside it as {@code .damaged}. A journal that existed is
 * never begun anew in silence: {@code .begun} beside the file remembers it, and the loss is written into the new one.
 */
final class JournalFile implements AutoCloseable {
    /** Statements on the open file. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection db) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);
    private static final int VERSION = 2;
    private static final long CHECKED_AT_OPEN_BYTES = 64L << 20;
    private static final int READONLY = 8;
    private static final int IO_ERROR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANNOT_OPEN = 14;
    private static final int NOT_A_DATABASE = 26;
    private static final int PRIMARY_CODE = 0xFF;

    private static final String SCHEMA = """
            create table if not exists block (
              id integer primary key,
              device text not null,
              boot blob not null,
              sequence integer not null,
              priority integer not null,
              refusals integer not null,
              received integer not null,
              thinned integer not null,
              keyid text not null,
              hash blob not null unique,
              envelope blob not null
            );
            create index if not exists block_waiting on block (priority desc, id) where received = 0;
            create index if not exists block_retained on block (device, boot, sequence) where received = 1;
            create table if not exists chain (
              kind text primary key,
              owner text not null,
              chain_id blob not null,
              sequence integer not null,
              hash blob not null
            ) ;
            create table if not exists pending_batch (
              sequence integer primary key,
              envelope blob not null
            );
            create table if not exists signer (
              keyid text not null,
              device text not null,
              der blob not null unique
            );
            create table if not exists loss (
              id integer primary key,
              device text not null,
              record blob not null
            )
            """;

    private final Path file;
    private final String device;
    private Connection db;
    private Object key;
    private int generation;
    private boolean begunHere;
    private String salvaged = "";
    private String fault = "";
    private StorageState state = StorageState.STORAGE_STATE_OK;

    private JournalFile(Path file, String device) {
        this.file = file;
        this.device = device;
    }

    /**
     * Opens the file, begins it, or puts it together again.
     *
     * @throws JournalException if it cannot be used, or belongs to another device
     */
    static JournalFile open(Path file, String device) {
        JournalFile opened = new JournalFile(file, device);
        try {
            opened.completeSwap();
            boolean before = Files.exists(opened.beside(".begun"));
            opened.connectOrSalvage();
            if (before && opened.begunHere && opened.salvaged.isEmpty()) {
                opened.noteVanished();
            }
            opened.remember();
            return opened;
        } catch (SQLException e) {
            throw JournalException.of(file, state(e), e);
        } catch (IOException e) {
            throw JournalException.unreadable(file, e);
        }
    }

    /** Counts how often the file was opened again or put together: what was counted of it before may no longer hold. */
    int generation() {
        return generation;
    }

    StorageState state() {
        return state != StorageState.STORAGE_STATE_OK || salvaged.isEmpty()
                ? state
                : StorageState.STORAGE_STATE_SALVAGED;
    }

    /** One sentence where the state is not OK. */
    String detail() {
        return state == StorageState.STORAGE_STATE_OK ? salvaged : fault;
    }

    Connection db() {
        return db;
    }

    Path file() {
        return file;
    }

    /**
     * Runs statements as one transaction. When the file turns out to be damaged it is put together again and the
     * statements run once more on what is left.
     *
     * @throws JournalException if the disk does not let them; then nothing of it happened
     */
    <T> T transaction(Work<T> work) {
        try {
            ensureOpen();
            return attempt(work);
        } catch (SQLException e) {
            if (!damaged(e)) {
                throw failed(e);
            }
            salvage(e);
            return again(work);
        } catch (IOException e) {
            throw JournalException.unreadable(file, e);
        }
    }

    private <T> T again(Work<T> work) {
        try {
            return attempt(work);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private <T> T attempt(Work<T> work) throws SQLException {
        try {
            T result = work.run(db);
            db.commit();
            state = StorageState.STORAGE_STATE_OK;
            return result;
        } catch (SQLException | RuntimeException e) {
            rollback();
            throw e;
        }
    }

    private void rollback() {
        try {
            db.rollback();
        } catch (SQLException e) {
            LOG.debug("no rollback: {}", e.getMessage());
        }
    }

    /** After a fault of the disk the connection is given up: the next transaction reads the file anew. */
    private JournalException failed(SQLException e) {
        state = state(e);
        JournalException failed = JournalException.of(file, state, e);
        fault = String.valueOf(failed.getMessage());
        hangUp();
        return failed;
    }

    @Override
    public void close() {
        hangUp();
    }

    private void hangUp() {
        try {
            if (db != null) {
                db.close();
            }
        } catch (SQLException e) {
            LOG.debug("journal not closed cleanly: {}", e.getMessage());
        }
        db = null;
    }

    // --- opening -------------------------------------------------------------------------------------------------

    private void ensureOpen() throws SQLException, IOException {
        if (db == null) {
            completeSwap();
            connectOrSalvage();
        } else if (!sameFile()) {
            rescue();
        }
    }

    private void connectOrSalvage() throws SQLException {
        try {
            connect();
        } catch (SQLException e) {
            hangUp();
            // A file that no journal was begun beside is somebody else's and stays as it is.
            if (!damaged(e) || !Files.exists(beside(".begun"))) {
                throw e;
            }
            salvage(e);
        }
    }

    private void connect() throws SQLException {
        db = connection(file);
        if (fileBytes() <= CHECKED_AT_OPEN_BYTES) {
            requireSound();
        }
        prepare(db);
        requireOwner();
        db.setAutoCommit(false);
        key = fileKey();
        generation++;
    }

    /** Small pages: a commit touches four or five, and each is written to the flash twice, into the log and the file. */
    private static Connection connection(Path path) throws SQLException {
        Connection opened = DriverManager.getConnection("jdbc:sqlite:" + path + "?synchronous=FULL&busy_timeout=5000");
        try (Statement statement = opened.createStatement()) {
            // The size of the pages is settled by the first write, and so before the log.
            statement.execute("pragma page_size = 1024");
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma journal_size_limit = 1048576");
            statement.execute("pragma wal_autocheckpoint = 1000");
            statement.execute("pragma cache_size = -1024");
            return opened;
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
    }

    private void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version = number(statement, "pragma user_version");
            boolean begun = number(statement, "select count(*) from sqlite_master") > 0;
            if (begun && version != VERSION) {
                throw JournalException.version(file, version, VERSION);
            }
            if (!begun) {
                // All of it or nothing, and at once in the file: a log cut short leaves no half of a journal behind.
                statement.execute("begin immediate");
                for (String part : SCHEMA.split(";")) {
                    statement.execute(part);
                }
                statement.execute("pragma user_version = " + VERSION);
                statement.execute("commit");
                statement.execute("pragma wal_checkpoint(truncate)");
                begunHere = true;
            }
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.getInt(1);
        }
    }

    private void requireSound() throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet row = statement.executeQuery("pragma quick_check(1)")) {
            String found = row.getString(1);
            if (!found.equals("ok")) {
                throw new SQLException(
                        "the file is damaged: " + found.lines().findFirst().orElse(""), null, CORRUPT);
            }
        }
    }

    private void requireOwner() throws SQLException {
        try (PreparedStatement query = db.prepareStatement("select owner from chain where kind = 'owner'");
                ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                claim();
            } else if (!row.getString(1).equals(device)) {
                String owner = row.getString(1);
                hangUp();
                throw JournalException.foreign(file, owner, device);
            }
        }
    }

    private void claim() throws SQLException {
        try (PreparedStatement claim = db.prepareStatement("insert into chain values ('owner', ?, x'', 0, x'')")) {
            claim.setString(1, device);
            claim.executeUpdate();
        }
    }

    private long fileBytes() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private boolean sameFile() {
        return Files.exists(file) && fileKey().equals(key);
    }

    /** The file's place in the file system (device and inode), which a deleted or exchanged file does not keep. */
    private Object fileKey() {
        try {
            Object found = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return found == null ? "" : found;
        } catch (IOException e) {
            return "";
        }
    }

    private void remember() throws IOException {
        Path begun = beside(".begun");
        if (!Files.exists(begun)) {
            Files.writeString(begun, "The journal of " + device + " was begun here; see " + file.getFileName() + "\n");
        }
    }

    private Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    // --- putting together again ----------------------------------------------------------------------------------

    private static boolean damaged(SQLException e) {
        int code = e.getErrorCode() & PRIMARY_CODE;
        return code == CORRUPT || code == NOT_A_DATABASE;
    }

    static StorageState state(SQLException e) {
        return switch (e.getErrorCode() & PRIMARY_CODE) {
            case FULL -> StorageState.STORAGE_STATE_FULL;
            case READONLY, CANNOT_OPEN -> StorageState.STORAGE_STATE_READ_ONLY;
            case IO_ERROR ->
                e.getMessage().contains("read-only")
                        ? StorageState.STORAGE_STATE_READ_ONLY
                        : StorageState.STORAGE_STATE_FAILING;
            default -> StorageState.STORAGE_STATE_FAILING;
        };
    }

    private void salvage(SQLException cause) {
        LOG.error("journal {} is damaged ({}); saving what can be read", file, cause.getMessage());
        hangUp();
        try {
            Path fresh = beside(".salvage");
            deleteWithLog(fresh);
            int rows = readInto(fresh);
            Files.deleteIfExists(beside(".damaged"));
            Files.move(file, beside(".damaged"), StandardCopyOption.ATOMIC_MOVE);
            swapIn(fresh);
            connect();
            salvaged =
                    "The file was damaged (" + cause.getMessage() + "); " + rows + " blocks were saved, what could not"
                            + " be read stands in " + beside(".damaged").getFileName() + ".";
            LOG.error("{}", salvaged);
        } catch (SQLException e) {
            hangUp();
            throw failed(e);
        } catch (IOException e) {
            throw JournalException.unreadable(file, e);
        }
    }

    private int readInto(Path fresh) throws SQLException, IOException {
        try (Connection into = connection(fresh);
                Salvage from = Salvage.of(file)) {
            prepare(into);
            into.setAutoCommit(false);
            Saved saved = new Saved(into);
            from.rows(saved::take);
            saved.done();
            into.commit();
            return saved.blocks;
        }
    }

    /** The file is gone or another one under the open connection, which still holds everything. */
    private void rescue() throws SQLException, IOException {
        LOG.error("journal {} was deleted or exchanged under the program; writing it anew", file);
        Path fresh = beside(".salvage");
        deleteWithLog(fresh);
        db.setAutoCommit(true);
        try (PreparedStatement copy = db.prepareStatement("vacuum into ?")) {
            copy.setString(1, fresh.toString());
            copy.execute();
        }
        hangUp();
        if (Files.exists(file)) {
            Files.move(file, beside(".damaged"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        swapIn(fresh);
        connect();
        salvaged = "The file was deleted or exchanged while the program ran; it was written anew, nothing is lost.";
    }

    /** In an order from which {@link #completeSwap} goes on after a power cut. */
    private void swapIn(Path fresh) throws IOException {
        Files.deleteIfExists(beside("-wal"));
        Files.deleteIfExists(beside("-shm"));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void completeSwap() throws IOException {
        Path fresh = beside(".salvage");
        if (Files.exists(fresh) && !Files.exists(file) && !Files.exists(beside(".salvage-wal"))) {
            swapIn(fresh);
        }
        deleteWithLog(fresh);
    }

    private static void deleteWithLog(Path path) throws IOException {
        for (String ending : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(path.resolveSibling(path.getFileName() + ending));
        }
    }

    private void noteVanished() throws SQLException {
        LOG.error("journal {} was here and is gone; a new one begins", file);
        salvaged = "The journal's file was gone at the start; a new one was begun, and city hall is told.";
        note(
                db,
                device,
                Loss.newBuilder()
                        .setBlocks(BlockSet.newBuilder().setDeviceId(device))
                        .setReason(LossReason.LOSS_REASON_STORAGE_VANISHED)
                        .setDetail("The journal's file was gone when the program started.")
                        .build());
        db.commit();
    }

    static void note(Connection db, String device, Loss loss) throws SQLException {
        try (PreparedStatement insert = db.prepareStatement("insert into loss (device, record) values (?, ?)")) {
            insert.setString(1, device);
            insert.setBytes(2, loss.toByteArray());
            insert.executeUpdate();
        }
    }

    /** Rows on their way from a damaged file into a fresh one. A block counts when its bytes have the hash beside them. */
    private final class Saved {
        private static final int BLOCK_COLUMNS = 11;
        private static final int CHAIN_COLUMNS = 5;
        private static final int SIGNER_COLUMNS = 3;

        private final Connection into;
        private Optional<List<Object>> end = Optional.empty();
        private int blocks;

        Saved(Connection into) {
            this.into = into;
        }

        void take(Salvage.Row row) {
            List<Object> columns = row.columns();
            try {
                if (isBlock(columns)) {
                    insert("insert or ignore into block values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row.id(), columns);
                    blocks++;
                } else if (isSigner(columns)) {
                    insert("insert or ignore into signer values (?, ?, ?)", columns.getFirst(), columns);
                } else if (isLoss(columns)) {
                    insert("insert or ignore into loss values (?, ?, ?)", row.id(), columns);
                } else if (isEnd(columns) && (end.isEmpty() || sequence(columns) > sequence(end.get()))) {
                    end = Optional.of(columns);
                }
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        /** The end of the chain, and that whatever has not come by now is lost. */
        void done() throws SQLException {
            if (end.isPresent()) {
                insert("insert into chain values (?, ?, ?, ?, ?)", end.get().getFirst(), end.get());
            }
            note(
                    into,
                    device,
                    Loss.newBuilder()
                            .setBlocks(BlockSet.newBuilder().setDeviceId(device))
                            .setReason(LossReason.LOSS_REASON_STORAGE_DAMAGED)
                            .setDetail("The journal's file was damaged; " + blocks + " blocks were saved.")
                            .build());
        }

        private void insert(String sql, Object first, List<Object> columns) throws SQLException {
            try (PreparedStatement insert = into.prepareStatement(sql)) {
                insert.setObject(1, first);
                for (int i = 1; i < columns.size(); i++) {
                    insert.setObject(i + 1, columns.get(i));
                }
                insert.executeUpdate();
            }
        }

        private static boolean isBlock(List<Object> columns) {
            return columns.size() == BLOCK_COLUMNS
                    && columns.get(1) instanceof String
                    && columns.get(9) instanceof byte[] hash
                    && columns.get(10) instanceof byte[] envelope
                    && columns.subList(3, 8).stream().allMatch(Long.class::isInstance)
                    && Arrays.equals(hash, Dsse.sha256(envelope));
        }

        private static boolean isSigner(List<Object> columns) {
            return columns.size() == SIGNER_COLUMNS
                    && columns.get(0) instanceof String keyid
                    && !keyid.isEmpty()
                    && columns.get(1) instanceof String
                    && columns.get(2) instanceof byte[];
        }

        private static boolean isLoss(List<Object> columns) {
            return columns.size() == SIGNER_COLUMNS
                    && columns.get(0).equals("")
                    && columns.get(1) instanceof String name
                    && DeviceId.valid(name)
                    && columns.get(2) instanceof byte[];
        }

        private boolean isEnd(List<Object> columns) {
            return columns.size() == CHAIN_COLUMNS
                    && columns.get(0).equals("block")
                    && columns.get(1).equals(device)
                    && columns.get(2) instanceof byte[]
                    && columns.get(3) instanceof Long
                    && columns.get(4) instanceof byte[];
        }

        private static long sequence(List<Object> columns) {
            return (Long) columns.get(3);
        }
    }
}
