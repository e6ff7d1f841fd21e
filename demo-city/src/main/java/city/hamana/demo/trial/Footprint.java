package city.hamana.demo.trial;

import city.hamana.demo.city.DemoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process takes of its machine now, as Linux tells it.
 *
 * @param residentKib memory in RAM (VmRSS)
 * @param openFiles file descriptors
 * @param writtenBytes what it made the kernel write to block devices since its start
 */
record Footprint(long residentKib, long openFiles, long writtenBytes) {
    /**
     * The footprint of a process.
     *
     * @throws DemoException if there is no such process, or this is no Linux
     */
    static Footprint of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return new Footprint(
                    number(process.resolve("status"), "VmRSS:"),
                    open.count(),
                    number(process.resolve("io"), "write_bytes:"));
        } catch (IOException e) {
            throw DemoException.of("process " + pid + " cannot be measured", e);
        }
    }

    private static long number(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IOException(file + " does not tell " + name));
    }

    @Override
    public String toString() {
        return "%d MB, %d open files".formatted(residentKib / 1024, openFiles);
    }
}
