package city.hamana.meter.simulator;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/** What the simulated meters keep without power: the first day, and how far each log was read. */
final class Memory {
    private static final String FIRST_DAY = "first-day";

    private final Path folder;

    Memory(Path folder) {
        try {
            this.folder = Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The city's time at the first start, which is now if there was none before. */
    Instant firstDay(Instant now) {
        Path file = folder.resolve(FIRST_DAY);
        try {
            if (!Files.exists(file)) {
                Path fresh = folder.resolve(FIRST_DAY + ".new");
                Files.writeString(fresh, now.toString());
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Instant.parse(
                    Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many readings of a meter's log have been read and acknowledged. */
    Place place(String meter) {
        try {
            return new Place(new RandomAccessFile(folder.resolve(meter).toFile(), "rw"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A list of numbers, one on each line, that a meter adds to. */
    Notes notes(String meter) {
        try {
            return new Notes(new FileOutputStream(folder.resolve(meter).toFile(), true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of numbers, each written in one go. */
    static final class Notes {
        private final FileOutputStream file;

        private Notes(FileOutputStream file) {
            this.file = file;
        }

        void add(long number) {
            try {
                file.write((number + "\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void close() {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One number in a file, written in one go. */
    static final class Place {
        private final RandomAccessFile file;
        private long place;

        private Place(RandomAccessFile file) throws IOException {
            this.file = file;
            this.place = file.length() < Long.BYTES ? 0 : file.readLong();
        }

        long get() {
            return place;
        }

        void set(long next) {
            try {
                file.seek(0);
                file.write(
                        java.nio.ByteBuffer.allocate(Long.BYTES).putLong(next).array());
                place = next;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void close() {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
