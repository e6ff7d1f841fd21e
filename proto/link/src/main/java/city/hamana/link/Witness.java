package city.hamana.link;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the chain had come, noted outside the journal's file: where the file forgets commits (a log cut short, a card
 * that had not written what it confirmed), the journal can say which blocks are gone. Written in place without a sync, so
 * that it costs a page now and then: after a power cut it may be behind, and is then no witness of anything.
 */
final class Witness implements AutoCloseable {
    /** The last block that was noted. */
    record Seen(ByteString bootId, long sequence) {}

    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);
    private static final int BOOT_BYTES = 16;
    private static final int NOTE_BYTES = BOOT_BYTES + 2 * Long.BYTES;

    private final Path file;
    private Optional<FileChannel> channel = Optional.empty();

    /** The witness that stands in this file, or will. */
    Witness(Path file) {
        this.file = file;
    }

    /** What was noted last; empty where there is nothing, or nothing whole. */
    Optional<Seen> seen() {
        ByteBuffer note = ByteBuffer.allocate(NOTE_BYTES);
        try (FileChannel read = FileChannel.open(file, StandardOpenOption.READ)) {
            if (read.read(note, 0) < NOTE_BYTES || note.getLong(BOOT_BYTES + Long.BYTES) != sum(note)) {
                return Optional.empty();
            }
            return Optional.of(new Seen(ByteString.copyFrom(note.array(), 0, BOOT_BYTES), note.getLong(BOOT_BYTES)));
        } catch (IOException e) {
            LOG.debug("no witness: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Notes the block that was committed last. A disk that refuses is the journal's trouble, not the witness's. */
    void note(ByteString bootId, long sequence) {
        ByteBuffer note = ByteBuffer.allocate(NOTE_BYTES);
        note.put(bootId.toByteArray()).putLong(sequence);
        note.putLong(sum(note)).flip();
        try {
            open().write(note, 0);
        } catch (IOException e) {
            LOG.debug("not noted: {}", e.getMessage());
            close();
        }
    }

    private FileChannel open() throws IOException {
        if (channel.isEmpty()) {
            channel = Optional.of(FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE));
        }
        return channel.get();
    }

    private static long sum(ByteBuffer note) {
        CRC32C sum = new CRC32C();
        sum.update(note.slice(0, BOOT_BYTES + Long.BYTES));
        return sum.getValue();
    }

    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } catch (IOException e) {
            LOG.debug("witness not closed cleanly: {}", e.getMessage());
        }
        channel = Optional.empty();
    }
}
