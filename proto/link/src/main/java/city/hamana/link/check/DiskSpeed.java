package city.hamana.link.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** How long the storage takes to keep 4 KiB for certain, as the journal asks of it at every commit; milliseconds. */
record DiskSpeed(double medianMs, double worstMs) {
    private static final int TIMES = 20;
    private static final int BYTES = 4096;

    /**
     * Measures in a folder, in a file of its own that is deleted afterwards.
     *
     * @throws IOException if the folder takes no file
     */
    static DiskSpeed measure(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "check", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            double[] millis = new double[TIMES];
            for (int i = 0; i < TIMES; i++) {
                long begin = System.nanoTime();
                channel.write(ByteBuffer.allocate(BYTES), (long) i * BYTES);
                channel.force(true);
                millis[i] = (System.nanoTime() - begin) / 1e6;
            }
            Arrays.sort(millis);
            return new DiskSpeed(Figures.median(millis), millis[TIMES - 1]);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
