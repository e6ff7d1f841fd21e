package city.hamana.demo.city;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds a city's folder for one run; the system lets go of it however the run ends. */
public final class CityLock implements AutoCloseable {
    private final FileChannel channel;

    private CityLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the folder, making it if it is missing.
     *
     * @throws DemoException if it cannot be written or another run holds it
     */
    public static CityLock take(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new CityLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw DemoException.of("the folder " + folder + " cannot be written", e);
        }
        throw DemoException.of("the city in " + folder + " is running already; stop it first or give another --dir");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw DemoException.of("the lock cannot be released", e);
        }
    }
}
