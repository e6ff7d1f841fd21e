package city.hamana.link;

import city.hamana.link.Journal.Held;
import city.hamana.link.Journal.Waiting;
import city.hamana.messages.Dsse;
import city.hamana.messages.Ranges;
import city.hamana.messages.v1.BlockSet;
import city.hamana.messages.v1.Loss;
import city.hamana.messages.v1.Priority;
import city.hamana.messages.v1.SequenceRange;
import com.google.protobuf.ByteString;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The journal's blocks, and what is counted of them in memory. A change in memory is taken back when its transaction is,
 * see {@link #rolledBack}. Not thread-safe.
 */
final class BlockTable {
    /** A block's place and state. */
    record Row(String device, ByteString bootId, long sequence, Priority priority, String keyid, int thinned) {}

    /** A block that can be thinned. */
    record Thinnable(long id, ByteString bootId, long sequence, byte[] envelope) {}

    private record Place(String device, ByteString bootId) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byDevice = device.compareTo(other.device);
            return byDevice != 0
                    ? byDevice
                    : ByteString.unsignedLexicographicalComparator().compare(bootId, other.bootId);
        }
    }

    private static final Waiting NOTHING = new Waiting(0, 0, 0, 0);
    private static final int PURGED_AT_ONCE = 64;

    private final JournalFile file;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<Runnable> whenCommitted = new ArrayList<>();
    private Waiting waiting = NOTHING;
    private Map<Place, Ranges> pending = new TreeMap<>();

    BlockTable(JournalFile file) {
        this.file = file;
    }

    // --- in memory -----------------------------------------------------------------------------------------------

    Waiting waiting() {
        return waiting;
    }

    long usedBytes() {
        return waiting.bytes() + waiting.retainedBytes();
    }

    List<BlockSet> pending(int most) {
        return sets(pending).stream().limit(most).toList();
    }

    void onRollback(Runnable action) {
        undo.push(action);
    }

    void onCommit(Runnable action) {
        whenCommitted.add(action);
    }

    void committed() {
        undo.clear();
        whenCommitted.forEach(Runnable::run);
        whenCommitted.clear();
    }

    void rolledBack() {
        undo.forEach(Runnable::run);
        undo.clear();
        whenCommitted.clear();
    }

    /** Counts anew from the file; returns what waited by the old count and is not in the file. */
    List<BlockSet> recount() throws SQLException {
        Map<Place, Ranges> found = new TreeMap<>();
        try (Statement statement = file.db().createStatement();
                ResultSet row = statement.executeQuery("select device, boot, sequence from block where received = 0")) {
            while (row.next()) {
                place(found, row).add(row.getLong(3));
            }
        }
        Map<Place, Ranges> gone = new TreeMap<>();
        pending.forEach((place, ranges) -> {
            Ranges rest = ranges.without(found.getOrDefault(place, new Ranges()));
            if (!rest.isEmpty()) {
                gone.put(place, rest);
            }
        });
        Map<Place, Ranges> before = pending;
        Waiting count = waiting;
        onRollback(() -> {
            pending = before;
            waiting = count;
        });
        // At once: what the same transaction changes afterwards is counted from here.
        pending = found;
        waiting = counted();
        return sets(gone);
    }

    private Waiting counted() throws SQLException {
        try (Statement statement = file.db().createStatement();
                ResultSet row = statement.executeQuery("select coalesce(sum(received = 0), 0),"
                        + " coalesce(sum(case when received = 0 then length(envelope) else 0 end), 0),"
                        + " coalesce(sum(received = 0 and refusals >= " + Journal.MOST_REFUSALS + "), 0),"
                        + " coalesce(sum(case when received = 1 then length(envelope) else 0 end), 0) from block")) {
            return new Waiting(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
    }

    private static Ranges place(Map<Place, Ranges> places, ResultSet row) throws SQLException {
        return places.computeIfAbsent(
                new Place(row.getString(1), ByteString.copyFrom(row.getBytes(2))), place -> new Ranges());
    }

    private static List<BlockSet> sets(Map<Place, Ranges> places) {
        List<BlockSet> sets = new ArrayList<>();
        places.forEach((place, ranges) -> {
            if (!ranges.isEmpty()) {
                sets.add(BlockSet.newBuilder()
                        .setDeviceId(place.device())
                        .setBootId(place.bootId())
                        .addAllBlocks(ranges.list())
                        .build());
            }
        });
        return sets;
    }

    private void count(long moreBlocks, long moreBytes, long moreSetAside, long moreRetained) {
        Waiting before = waiting;
        waiting = new Waiting(
                before.blocks() + moreBlocks,
                before.bytes() + moreBytes,
                before.setAside() + moreSetAside,
                before.retainedBytes() + moreRetained);
        onRollback(() -> waiting = before);
    }

    private void waits(Place place, long sequence) {
        Ranges ranges = pending.computeIfAbsent(place, p -> new Ranges());
        ranges.add(sequence);
        onRollback(() -> ranges.remove(sequence, sequence));
    }

    private void waitsNoMore(Place place, long sequence) {
        Ranges ranges = pending.computeIfAbsent(place, p -> new Ranges());
        if (ranges.contains(sequence)) {
            ranges.remove(sequence, sequence);
            onRollback(() -> ranges.add(sequence));
        }
        onCommit(() -> {
            if (ranges.isEmpty()) {
                pending.remove(place, ranges);
            }
        });
    }

    // --- rows ----------------------------------------------------------------------------------------------------

    /** Keeps a block; returns its bytes, or 0 if it was held already. */
    long insert(Row row, byte[] envelope) throws SQLException {
        try (PreparedStatement insert = file.db().prepareStatement("""
                insert or ignore into block
                  (device, boot, sequence, priority, refusals, received, thinned, keyid, hash, envelope)
                values (?, ?, ?, ?, 0, 0, ?, ?, ?, ?)
                """)) {
            insert.setString(1, row.device());
            insert.setBytes(2, row.bootId().toByteArray());
            insert.setLong(3, row.sequence());
            insert.setInt(4, row.priority().getNumber());
            insert.setInt(5, row.thinned());
            insert.setString(6, row.keyid());
            insert.setBytes(7, Dsse.sha256(envelope));
            insert.setBytes(8, envelope);
            if (insert.executeUpdate() == 0) {
                return 0;
            }
        }
        count(1, envelope.length, 0, 0);
        waits(new Place(row.device(), row.bootId()), row.sequence());
        return envelope.length;
    }

    List<Held> next(int mostBlocks, long mostBytes) throws SQLException {
        List<Held> next = new ArrayList<>();
        long bytes = 0;
        try (PreparedStatement query = file.db().prepareStatement("""
                select device, sequence, hash, envelope from block
                where received = 0 and refusals < ? order by priority desc, id limit ?
                """)) {
            query.setInt(1, Journal.MOST_REFUSALS);
            query.setInt(2, mostBlocks);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Held block = held(rows);
                    bytes += block.envelope().length;
                    if (bytes > mostBytes && !next.isEmpty()) {
                        break;
                    }
                    next.add(block);
                }
            }
        }
        return next;
    }

    /** Those of these that are here and wait, in their order. */
    List<Held> named(Collection<ByteString> hashes) throws SQLException {
        List<Held> named = new ArrayList<>();
        try (PreparedStatement query =
                file.db().prepareStatement("select device, sequence, hash, envelope from block where hash = ?")) {
            for (ByteString hash : hashes) {
                query.setBytes(1, hash.toByteArray());
                try (ResultSet row = query.executeQuery()) {
                    if (row.next()) {
                        named.add(held(row));
                    }
                }
            }
        }
        return named;
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(row.getString(1), row.getLong(2), ByteString.copyFrom(row.getBytes(3)), row.getBytes(4));
    }

    /** Takes receipted blocks out of the queue; keeps them while there is room for retained ones. */
    int received(Collection<ByteString> hashes, long retainBytes) throws SQLException {
        String sql = retainBytes > 0
                ? "update block set received = 1 where hash = ? and received = 0"
                : "delete from block where hash = ? and received = 0";
        int count = 0;
        try (PreparedStatement statement =
                file.db().prepareStatement(sql + " returning device, boot, sequence, length(envelope), refusals")) {
            for (ByteString hash : hashes) {
                statement.setBytes(1, hash.toByteArray());
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        count++;
                        long bytes = row.getLong(4);
                        count(-1, -bytes, -setAside(row.getInt(5)), retainBytes > 0 ? bytes : 0);
                        waitsNoMore(new Place(row.getString(1), ByteString.copyFrom(row.getBytes(2))), row.getLong(3));
                    }
                }
            }
        }
        if (waiting.retainedBytes() > retainBytes) {
            dropRetained(waiting.retainedBytes() - retainBytes);
        }
        return count;
    }

    /** Deletes the oldest retained blocks, so many bytes or all there are. */
    void dropRetained(long bytes) throws SQLException {
        long left = bytes;
        long dropped = 1;
        try (PreparedStatement delete = file.db().prepareStatement("""
                delete from block where id in
                  (select id from block not indexed where received = 1 order by id limit ?)
                returning length(envelope)
                """)) {
            delete.setInt(1, PURGED_AT_ONCE);
            while (left > 0 && dropped > 0) {
                dropped = sum(delete);
                left -= dropped;
                count(0, 0, 0, -dropped);
            }
        }
    }

    void refused(ByteString hash) throws SQLException {
        try (PreparedStatement update = file.db()
                .prepareStatement("update block set refusals = refusals + 1 where hash = ? returning refusals")) {
            update.setBytes(1, hash.toByteArray());
            try (ResultSet row = update.executeQuery()) {
                if (row.next() && row.getInt(1) == Journal.MOST_REFUSALS) {
                    count(0, 0, 1, 0);
                }
            }
        }
    }

    /** What was set aside gets another try; with its first refusal it is aside again. */
    void retrySetAside() throws SQLException {
        try (Statement statement = file.db().createStatement()) {
            int retried = statement.executeUpdate("update block set refusals = " + (Journal.MOST_REFUSALS - 1)
                    + " where received = 0 and refusals >= " + Journal.MOST_REFUSALS);
            count(0, 0, -retried, 0);
        }
    }

    /** Puts retained blocks back into the queue; returns those of the set that are neither retained nor waiting. */
    BlockSet again(BlockSet asked) throws SQLException {
        Place place = new Place(asked.getDeviceId(), asked.getBootId());
        Ranges rest = Ranges.of(asked.getBlocksList());
        try (PreparedStatement update = file.db().prepareStatement("""
                update block set received = 0, refusals = 0
                where device = ? and boot = ? and sequence between ? and ? and received = 1
                returning sequence, length(envelope)
                """)) {
            for (SequenceRange range : asked.getBlocksList()) {
                update.setString(1, place.device());
                update.setBytes(2, place.bootId().toByteArray());
                update.setLong(3, range.getFirst());
                update.setLong(4, range.getLast());
                try (ResultSet rows = update.executeQuery()) {
                    while (rows.next()) {
                        waits(place, rows.getLong(1));
                        count(1, rows.getLong(2), 0, -rows.getLong(2));
                    }
                }
            }
        }
        Ranges missing = rest.without(pending.getOrDefault(place, new Ranges()));
        return asked.toBuilder().clearBlocks().addAllBlocks(missing.list()).build();
    }

    // --- signers -------------------------------------------------------------------------------------------------

    /** Certificates that blocks fulfilling a condition were signed with. */
    List<byte[]> signers(String condition) throws SQLException {
        try (PreparedStatement query = file.db()
                .prepareStatement(
                        "select der from signer where keyid in (select keyid from block where " + condition + ")")) {
            return bytes(query);
        }
    }

    List<byte[]> signersOf(Collection<ByteString> hashes) throws SQLException {
        Map<String, byte[]> signers = new TreeMap<>();
        try (PreparedStatement query = file.db()
                .prepareStatement("select s.keyid, s.der from block b join signer s on s.keyid = b.keyid"
                        + " where b.hash = ?")) {
            for (ByteString hash : hashes) {
                query.setBytes(1, hash.toByteArray());
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        signers.put(row.getString(1), row.getBytes(2));
                    }
                }
            }
        }
        return List.copyOf(signers.values());
    }

    // --- for giving up what is worth least -----------------------------------------------------------------------

    /** Own waiting blocks that have not gone through a step yet, the oldest first; the first one whatever its size. */
    List<Thinnable> thinnable(String device, int level, int mostBlocks, long mostBytes) throws SQLException {
        List<Thinnable> found = new ArrayList<>();
        long bytes = 0;
        try (PreparedStatement query = file.db().prepareStatement("""
                select id, boot, sequence, envelope from block
                where received = 0 and thinned < ? and device = ? order by id limit ?
                """)) {
            query.setInt(1, level);
            query.setString(2, device);
            query.setInt(3, mostBlocks);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next() && bytes < mostBytes) {
                    byte[] envelope = rows.getBytes(4);
                    bytes += envelope.length;
                    found.add(new Thinnable(
                            rows.getLong(1), ByteString.copyFrom(rows.getBytes(2)), rows.getLong(3), envelope));
                }
            }
        }
        return found;
    }

    void thinned(Collection<Long> ids, int level) throws SQLException {
        try (PreparedStatement update = file.db().prepareStatement("update block set thinned = ? where id = ?")) {
            for (long id : ids) {
                update.setInt(1, level);
                update.setLong(2, id);
                update.executeUpdate();
            }
        }
    }

    /** Deletes waiting blocks; returns what they were. */
    List<BlockSet> delete(Collection<Long> ids) throws SQLException {
        Map<Place, Ranges> gone = new TreeMap<>();
        try (PreparedStatement delete = file.db()
                .prepareStatement("delete from block where id = ? and received = 0"
                        + " returning device, boot, sequence, length(envelope), refusals")) {
            for (long id : ids) {
                delete.setLong(1, id);
                try (ResultSet row = delete.executeQuery()) {
                    if (row.next()) {
                        place(gone, row).add(row.getLong(3));
                        count(-1, -row.getLong(4), -setAside(row.getInt(5)), 0);
                        waitsNoMore(new Place(row.getString(1), ByteString.copyFrom(row.getBytes(2))), row.getLong(3));
                    }
                }
            }
        }
        return sets(gone);
    }

    /** Waiting blocks of other devices that are nothing but diagnostics, the oldest first. */
    List<Long> othersDiagnostics(String device, int most) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement query = file.db().prepareStatement("""
                select id from block where received = 0 and priority = ? and device <> ? order by id limit ?
                """)) {
            query.setInt(1, Priority.PRIORITY_DIAGNOSTIC.getNumber());
            query.setString(2, device);
            query.setInt(3, most);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        return ids;
    }

    /** A loss for the next own block to tell. */
    void note(String device, Loss loss) throws SQLException {
        JournalFile.note(file.db(), device, loss);
    }

    // --- small things --------------------------------------------------------------------------------------------

    private static int setAside(int refusals) {
        return refusals >= Journal.MOST_REFUSALS ? 1 : 0;
    }

    /** The first column of all rows. */
    static List<byte[]> bytes(PreparedStatement statement) throws SQLException {
        List<byte[]> all = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                all.add(rows.getBytes(1));
            }
        }
        return all;
    }

    private static long sum(PreparedStatement statement) throws SQLException {
        long sum = 0;
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                sum += rows.getLong(1);
            }
        }
        return sum;
    }
}
