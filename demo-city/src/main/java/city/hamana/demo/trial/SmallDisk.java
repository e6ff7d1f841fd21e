package city.hamana.demo.trial;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A small file system of its own (tmpfs) for a journal, where this user may mount one; a plain folder otherwise. */
final class SmallDisk {
    private static final String BALLAST = "ballast";

    private final Path folder;
    private final Optional<String> missing;

    private SmallDisk(Path folder, Optional<String> missing) {
        this.folder = folder;
        this.missing = missing;
    }

    /** A fresh one; its content does not outlive {@link #unmount}. */
    static SmallDisk mount(Path folder, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Command mounted = Command.run(
                "mount", "-t", "tmpfs", "-o", "mode=700,size=" + megabytes + "m", "hamana-faults", folder.toString());
        return new SmallDisk(folder, mounted.done() ? Optional.empty() : Optional.of(mounted.said()));
    }

    /** Why there is no such file system. */
    Optional<String> missing() {
        return missing;
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        FileStore store = Files.getFileStore(folder);
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(folder.resolve(BALLAST))) {
            for (long left = store.getUsableSpace(); left > 0; left -= block.length) {
                out.write(block);
            }
        } catch (IOException e) {
            if (store.getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(folder.resolve(BALLAST));
    }

    /** No file in it may be open for writing then. */
    void writable(boolean writable) throws IOException, InterruptedException {
        Command done = Command.run("mount", "-o", "remount," + (writable ? "rw" : "ro"), folder.toString());
        if (!done.done()) {
            throw new Fault.NotAvailableException(done.said());
        }
    }

    /** Copies what it holds beside it, for whoever looks into a failed run. */
    void keep() throws IOException {
        Path kept = Files.createDirectories(folder.resolveSibling(folder.getFileName() + ".kept"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, kept.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Takes it out of the file tree in any case: what still uses it holds it until it ends. */
    void unmount() throws InterruptedException {
        if (missing.isPresent()) {
            return;
        }
        for (List<String> way :
                List.of(List.of("umount", folder.toString()), List.of("umount", "-l", folder.toString()))) {
            if (Command.run(way.toArray(new String[0])).done()) {
                return;
            }
        }
    }
}
