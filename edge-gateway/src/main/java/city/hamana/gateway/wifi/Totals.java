package city.hamana.gateway.wifi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes totals that never go back out of counters that wrap and begin anew. A total begins with 0 when the gateway first
 * asks, and stands in a small file that is replaced once a round, before the round's samples are kept: after a power cut
 * the totals go on from what the agents counted meanwhile.
 *
 * <p>A total never says more than certainly went through: where a counter may have begun anew, what it counted unseen
 * before that is missing. For one thread.
 */
final class Totals {
    private static final Logger LOG = LoggerFactory.getLogger(Totals.class);
    private static final String HEAD = "totals-1";
    private static final int LONGEST_FILE_BYTES = 64 << 20;

    private final Path file;
    private final Map<String, Book> books = new TreeMap<>();

    private Totals(Path file, List<String> devices) {
        this.file = file;
        devices.forEach(device -> books.put(device, new Book(device)));
    }

    /**
     * Reads the file; one that is not there, or is none of ours, is begun anew.
     *
     * @param devices whose totals are of interest; the others' are forgotten
     */
    static Totals read(Path file, List<String> devices) {
        Totals totals = new Totals(file, devices);
        if (Files.exists(file)) {
            try {
                totals.parse();
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("{} cannot be read, totals begin with 0: {}", file, e.getMessage());
                return new Totals(file, devices);
            }
        }
        return totals;
    }

    /** Takes what an agent has counted until now. */
    void advance(Snapshot snapshot, Instant at) {
        books.computeIfAbsent(snapshot.device().id(), Book::new).advance(snapshot, at);
    }

    /** Octets that a device or one of its parts has received; empty where nobody counts them. */
    Optional<Long> in(String id) {
        return total(id, " in");
    }

    /** Octets that a device or one of its parts has sent, likewise. */
    Optional<Long> out(String id) {
        return total(id, " out");
    }

    private Optional<Long> total(String id, String way) {
        int end = id.indexOf('_');
        Book book = books.get(end < 0 ? id : id.substring(0, end));
        return book == null ? Optional.empty() : book.total(id + way);
    }

    /**
     * Replaces the file. When this returns, it is on the disk.
     *
     * @throws IOException if the disk refuses; the totals in memory go on
     */
    void keep() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String text() {
        return books.values().stream().flatMap(Book::lines).collect(Collectors.joining("\n", HEAD + "\n", "\n"));
    }

    private void parse() throws IOException {
        if (Files.size(file) > LONGEST_FILE_BYTES) {
            throw new IllegalArgumentException("longer than " + LONGEST_FILE_BYTES + " bytes");
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().equals(HEAD)) {
            throw new IllegalArgumentException("not a file of totals");
        }
        for (String line : lines.subList(1, lines.size())) {
            List<String> words = List.of(line.split(" "));
            Optional.ofNullable(words.size() < 2 ? null : books.get(words.get(1)))
                    .ifPresent(book -> book.take(words));
        }
    }
}
