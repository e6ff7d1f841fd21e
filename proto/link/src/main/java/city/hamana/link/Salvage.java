package city.hamana.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the rows of a SQLite file page by page, without its tree: what damage has done to one page hides nothing on the
 * others. Pages of the write-ahead log stand in for those of the file, as far as its last whole commit. Rows come with
 * their columns only; which table a row is of, its shape must tell, and whether it is sound, its own check sum.
 *
 * <p>Source: "Database File Format", sqlite.org/fileformat2.html, sections 1.3, 1.5, 1.6, 2 and 4.
 */
final class Salvage implements AutoCloseable {
    private static final int LEAF_TABLE_PAGE = 0x0D;
    private static final int FILE_HEADER_BYTES = 100;
    private static final int WAL_HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 24;
    private static final int WAL_MAGIC = 0x377f0682;
    private static final int USUAL_PAGE_BYTES = 1024;
    private static final int MOST_COLUMNS = 32;
    private static final int LONGEST_ROW_BYTES = 8 << 20;

    private final FileChannel file;
    private final Optional<FileChannel> log;
    private final int pageBytes;
    private final Map<Integer, Long> loggedPages;

    private Salvage(FileChannel file, Optional<FileChannel> log) throws IOException {
        this.file = file;
        this.log = log;
        this.pageBytes = pageBytes(file, log);
        this.loggedPages = log.isPresent() ? committed(log.get()) : Map.of();
    }

    /** Opens a file and the log beside it, for reading only. */
    static Salvage of(Path file) throws IOException {
        Path wal = file.resolveSibling(file.getFileName() + "-wal");
        FileChannel opened = FileChannel.open(file, StandardOpenOption.READ);
        Optional<FileChannel> log =
                Files.exists(wal) ? Optional.of(FileChannel.open(wal, StandardOpenOption.READ)) : Optional.empty();
        return new Salvage(opened, log);
    }

    /**
     * A row: each column a Long, a String, a byte[]; null and numbers with a point come as the empty string.
     *
     * @param id its row id
     */
    record Row(long id, List<Object> columns) {}

    /** Gives every row that can be read, in no order. */
    void rows(Consumer<Row> taker) throws IOException {
        Set<Integer> free = freePages();
        long pages = Math.max(
                file.size() / pageBytes,
                loggedPages.keySet().stream().mapToInt(n -> n).max().orElse(0));
        for (int number = 1; number <= pages; number++) {
            if (!free.contains(number)) {
                rows(number, taker);
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        if (log.isPresent()) {
            log.get().close();
        }
    }

    // --- pages ---------------------------------------------------------------------------------------------------

    private void rows(int number, Consumer<Row> taker) throws IOException {
        ByteBuffer page = page(number);
        int head = number == 1 ? FILE_HEADER_BYTES : 0;
        if (page.limit() < pageBytes || page.get(head) != LEAF_TABLE_PAGE) {
            return;
        }
        int cells = Short.toUnsignedInt(page.getShort(head + 3));
        for (int i = 0; i < cells && head + 8 + 2 * i + 2 <= pageBytes; i++) {
            int at = Short.toUnsignedInt(page.getShort(head + 8 + 2 * i));
            if (at < pageBytes) {
                long id = Varint.read(page, Varint.read(page, at).next()).value();
                payload(page, at)
                        .flatMap(Salvage::columns)
                        .map(columns -> new Row(id, columns))
                        .ifPresent(taker);
            }
        }
    }

    private ByteBuffer page(int number) throws IOException {
        Long logged = loggedPages.get(number);
        return logged == null
                ? read(file, (number - 1L) * pageBytes, pageBytes)
                : read(log.orElseThrow(), logged, pageBytes);
    }

    /** Shorter than asked for where the channel ends, or where the disk cannot read. */
    private static ByteBuffer read(FileChannel channel, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        if (position < 0 || position >= channel.size()) {
            return buffer.limit(0);
        }
        try {
            int more = 1;
            while (buffer.hasRemaining() && more > 0) {
                more = channel.read(buffer, position + buffer.position());
            }
        } catch (IOException e) {
            // A sector that cannot be read: what it held is lost, the next one may be well.
            return buffer.limit(0);
        }
        return buffer.flip();
    }

    private static int pageBytes(FileChannel file, Optional<FileChannel> log) throws IOException {
        ByteBuffer head = read(file, 0, FILE_HEADER_BYTES);
        int told = head.limit() < 18 ? 0 : Short.toUnsignedInt(head.getShort(16));
        if (log.isPresent()) {
            ByteBuffer logHead = read(log.get(), 0, WAL_HEADER_BYTES);
            told = isLog(logHead) ? logHead.getInt(8) : told;
        }
        int bytes = told == 1 ? 65_536 : told;
        return Integer.bitCount(bytes) == 1 && bytes >= 512 && bytes <= 65_536 ? bytes : USUAL_PAGE_BYTES;
    }

    /** Pages that the file itself calls free: what they still hold was deleted on purpose. */
    private Set<Integer> freePages() throws IOException {
        Set<Integer> free = new HashSet<>();
        ByteBuffer head = page(1);
        int trunk = head.limit() < FILE_HEADER_BYTES ? 0 : head.getInt(32);
        while (trunk > 1 && free.add(trunk)) {
            ByteBuffer page = page(trunk);
            int leaves = page.limit() < pageBytes ? 0 : page.getInt(4);
            for (int i = 0; i < leaves && 8 + 4 * i + 4 <= pageBytes; i++) {
                free.add(page.getInt(8 + 4 * i));
            }
            trunk = page.limit() < pageBytes ? 0 : page.getInt(0);
        }
        return free;
    }

    // --- the write-ahead log -------------------------------------------------------------------------------------

    private static boolean isLog(ByteBuffer head) {
        return head.limit() == WAL_HEADER_BYTES && (head.getInt(0) & ~1) == WAL_MAGIC;
    }

    /** Where the latest committed version of each page stands in the log. */
    private Map<Integer, Long> committed(FileChannel wal) throws IOException {
        Map<Integer, Long> committed = new HashMap<>();
        ByteBuffer head = read(wal, 0, WAL_HEADER_BYTES);
        if (!isLog(head)) {
            return committed;
        }
        boolean bigEndian = (head.getInt(0) & 1) == 1;
        LogSum sum = new LogSum(bigEndian);
        sum.add(head, 0, 24);
        Map<Integer, Long> open = new HashMap<>();
        long frameBytes = FRAME_HEADER_BYTES + (long) pageBytes;
        for (long at = WAL_HEADER_BYTES; at + frameBytes <= wal.size(); at += frameBytes) {
            ByteBuffer frame = read(wal, at, (int) frameBytes);
            if (frame.limit() < frameBytes || frame.getLong(8) != head.getLong(16)) {
                return committed;
            }
            sum.add(frame, 0, 8);
            sum.add(frame, FRAME_HEADER_BYTES, pageBytes);
            if (!sum.is(frame.getInt(16), frame.getInt(20))) {
                return committed;
            }
            open.put(frame.getInt(0), at + FRAME_HEADER_BYTES);
            if (frame.getInt(4) != 0) {
                committed.putAll(open);
                open.clear();
            }
        }
        return committed;
    }

    /** The log's running check sum. */
    private static final class LogSum {
        private final boolean bigEndian;
        private int first;
        private int second;

        LogSum(boolean bigEndian) {
            this.bigEndian = bigEndian;
        }

        void add(ByteBuffer bytes, int from, int count) {
            for (int at = from; at < from + count; at += 8) {
                first += word(bytes, at) + second;
                second += word(bytes, at + 4) + first;
            }
        }

        private int word(ByteBuffer bytes, int at) {
            return bigEndian ? bytes.getInt(at) : Integer.reverseBytes(bytes.getInt(at));
        }

        boolean is(int one, int two) {
            return first == one && second == two;
        }
    }

    // --- cells and records ---------------------------------------------------------------------------------------

    /** A cell's payload: its local part, then what its overflow pages hold. Empty where it cannot be whole. */
    private Optional<byte[]> payload(ByteBuffer page, int at) throws IOException {
        Varint length = Varint.read(page, at);
        Varint rowId = Varint.read(page, length.next());
        if (length.value() <= 0 || length.value() > LONGEST_ROW_BYTES || rowId.next() > pageBytes) {
            return Optional.empty();
        }
        int total = (int) length.value();
        int local = localBytes(total);
        if (rowId.next() + local > pageBytes) {
            return Optional.empty();
        }
        ByteBuffer whole = ByteBuffer.allocate(total);
        whole.put(page.slice(rowId.next(), local));
        int overflowAt = rowId.next() + local;
        int next = local < total && overflowAt + 4 <= pageBytes ? page.getInt(overflowAt) : 0;
        while (whole.hasRemaining() && next > 1) {
            ByteBuffer overflow = page(next);
            if (overflow.limit() < pageBytes) {
                return Optional.empty();
            }
            next = overflow.getInt(0);
            whole.put(overflow.slice(4, Math.min(whole.remaining(), pageBytes - 4)));
        }
        return whole.hasRemaining() ? Optional.empty() : Optional.of(whole.array());
    }

    private int localBytes(int total) {
        int most = pageBytes - 35;
        if (total <= most) {
            return total;
        }
        int least = (pageBytes - 12) * 32 / 255 - 23;
        int fitting = least + (total - least) % (pageBytes - 4);
        return fitting <= most ? fitting : least;
    }

    private static Optional<List<Object>> columns(byte[] record) {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        Varint headBytes = Varint.read(bytes, 0);
        List<Object> columns = new ArrayList<>();
        int type = headBytes.next();
        long value = headBytes.value();
        while (type < headBytes.value() && columns.size() < MOST_COLUMNS) {
            Varint code = Varint.read(bytes, type);
            long width = width(code.value());
            if (value < 0 || width < 0 || value + width > record.length) {
                return Optional.empty();
            }
            columns.add(column(record, (int) value, (int) width, code.value()));
            value += width;
            type = code.next();
        }
        return Optional.of(columns);
    }

    /** Bytes of a value by its serial type; -1 for types that no one may write. */
    private static long width(long type) {
        if (type >= 12) {
            return (type - 12) / 2;
        }
        return switch ((int) type) {
            case 0, 8, 9 -> 0;
            case 1, 2, 3, 4 -> type;
            case 5 -> 6;
            case 6, 7 -> 8;
            default -> -1;
        };
    }

    private static Object column(byte[] record, int at, int width, long type) {
        if (type >= 12) {
            return type % 2 == 0
                    ? java.util.Arrays.copyOfRange(record, at, at + width)
                    : new String(record, at, width, StandardCharsets.UTF_8);
        }
        if (type == 8 || type == 9) {
            return type - 8;
        }
        return type == 0 || type == 7 ? "" : number(record, at, width);
    }

    private static Long number(byte[] record, int at, int width) {
        long number = record[at];
        for (int i = 1; i < width; i++) {
            number = (number << 8) | Byte.toUnsignedLong(record[at + i]);
        }
        return number;
    }

    /** A number of one to nine bytes, seven bits each, and where the next one begins; past the end it is -1. */
    private record Varint(long value, int next) {
        static Varint read(ByteBuffer bytes, int at) {
            long value = 0;
            for (int i = 0; i < 9; i++) {
                if (at + i >= bytes.limit()) {
                    return new Varint(-1, bytes.limit());
                }
                byte one = bytes.get(at + i);
                if (i == 8) {
                    return new Varint((value << 8) | Byte.toUnsignedLong(one), at + 9);
                }
                value = (value << 7) | (one & 0x7F);
                if (one >= 0) {
                    return new Varint(value, at + i + 1);
                }
            }
            return new Varint(value, at + 9);
        }
    }
}
