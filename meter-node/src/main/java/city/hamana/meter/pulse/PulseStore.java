package city.hamana.meter.pulse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * How often a contact has shut, on the disk. The file has two places, each with a number that counts up and a check; the
 * higher whole one is right. A pulse is written at once, which outlives the program, into the place that was not forced
 * to the disk last; a power cut can spoil that one only, and takes what came since the last {@link #force}.
 */
final class PulseStore implements AutoCloseable {
    private static final int PLACE_BYTES = 32;

    private record Slot(long version, long count, int place) {}

    private final Path file;
    private final FileChannel channel;
    private long version;
    private long count;
    private int place;
    private boolean forced = true;

    private PulseStore(Path file, FileChannel channel, Slot newest) {
        this.file = file;
        this.channel = channel;
        this.version = newest.version();
        this.count = newest.count();
        this.place = 1 - newest.place();
    }

    /**
     * Opens a count, or begins one where there is no file.
     *
     * @throws PulseStoreException if the file is there and holds no whole count: it is not begun anew in silence
     */
    static PulseStore open(Path file) {
        try {
            boolean begun = !Files.exists(file) || Files.size(file) == 0;
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Optional<Slot> newest = newest(channel);
            if (newest.isEmpty() && !begun) {
                channel.close();
                throw PulseStoreException.damaged(file);
            }
            PulseStore store = new PulseStore(file, channel, newest.orElse(new Slot(0, 0, 1)));
            if (begun) {
                store.add(0);
                store.force();
            }
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized long count() {
        return count;
    }

    /** So many more; they outlive the program, but a power cut only after {@link #force}. */
    synchronized void add(long pulses) {
        ByteBuffer bytes = ByteBuffer.allocate(PLACE_BYTES).putLong(version + 1).putLong(count + pulses);
        bytes.putInt(check(bytes.array())).position(0).limit(PLACE_BYTES);
        try {
            channel.write(bytes, (long) place * PLACE_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " takes no more", e);
        }
        version++;
        count += pulses;
        forced = false;
    }

    /** What was added is on the disk for good. */
    synchronized void force() {
        if (forced) {
            return;
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " takes no more", e);
        }
        forced = true;
        place = 1 - place;
    }

    @Override
    public synchronized void close() {
        try (channel) {
            force();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Slot> newest(FileChannel channel) throws IOException {
        Optional<Slot> first = slot(channel, 0);
        Optional<Slot> second = slot(channel, 1);
        boolean secondIsNewer = second.isPresent()
                && first.filter(f -> f.version() > second.get().version()).isEmpty();
        return secondIsNewer ? second : first;
    }

    private static Optional<Slot> slot(FileChannel channel, int place) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PLACE_BYTES);
        channel.read(bytes, (long) place * PLACE_BYTES);
        boolean whole = bytes.position() == PLACE_BYTES
                && bytes.getInt(2 * Long.BYTES) == check(bytes.array())
                && bytes.getLong(0) > 0;
        return whole ? Optional.of(new Slot(bytes.getLong(0), bytes.getLong(Long.BYTES), place)) : Optional.empty();
    }

    private static int check(byte[] bytes) {
        CRC32 check = new CRC32();
        check.update(bytes, 0, 2 * Long.BYTES);
        return (int) check.getValue();
    }
}
