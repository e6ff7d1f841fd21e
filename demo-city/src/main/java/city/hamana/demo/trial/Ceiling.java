package city.hamana.demo.trial;

import city.hamana.link.DeviceIdentity;
import city.hamana.messages.PayloadType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;

/**
 * What a journal that signs and syncs each block cannot exceed on this machine; each a second.
 *
 * @param signatures ES256 with a device's key, in this JVM
 * @param syncs of 4 KiB written in place, the data without the file's own times
 */
record Ceiling(double signatures, double syncs) {
    private static final Duration LASTING = Duration.ofSeconds(2);
    private static final int BYTES = 4_096;
    private static final int PLACES = 256;

    /** Something that is done over and over. */
    @FunctionalInterface
    private interface Turn {
        void take(int number) throws IOException;
    }

    /**
     * Measures for some seconds, in a file of its own that is deleted afterwards.
     *
     * @throws IOException if the folder takes no file
     */
    static Ceiling measure(DeviceIdentity identity, Path folder) throws IOException {
        byte[] payload = new byte[BYTES];
        double signatures = perSecond(number -> identity.seal(PayloadType.BLOCK, payload));
        Path file = Files.createTempFile(folder, "ceiling", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(PLACES * BYTES));
            channel.force(true);
            return new Ceiling(signatures, perSecond(number -> {
                channel.write(ByteBuffer.wrap(payload), (long) (number % PLACES) * BYTES);
                channel.force(false);
            }));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static double perSecond(Turn turn) throws IOException {
        long begun = System.nanoTime();
        int turns = 0;
        while (System.nanoTime() - begun < LASTING.toNanos()) {
            turn.take(turns++);
        }
        return Pace.perSecond(turns, Duration.ofNanos(System.nanoTime() - begun));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0f signatures/s, %.0f syncs of 4 KiB/s", signatures, syncs);
    }
}
