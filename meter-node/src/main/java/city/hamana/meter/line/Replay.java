package city.hamana.meter.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A file of telegrams in place of a line: {@code [instant] hex[,key]} on each line, as radio receivers log them. It is
 * played once from its start, some telegrams at a time; a line that is no telegram is counted and passed.
 */
public final class Replay implements Source {
    private static final int MOST_AT_ONCE = 256;
    private static final long LONGEST_FILE_BYTES = 64L << 20;

    private final String name;
    private final List<String> lines;
    private final Roster roster;
    private final Clock clock;
    private int position;
    private int reached;
    private int counted;

    private Replay(String name, List<String> lines, Roster roster, Clock clock) {
        this.name = name;
        this.lines = lines;
        this.roster = roster;
        this.clock = clock;
    }

    /**
     * Reads the whole file, of at most 64 MiB.
     *
     * @throws UncheckedIOException if it cannot be read or is longer
     */
    public static Replay of(String name, Path file, Roster roster, Clock clock) {
        try {
            if (Files.size(file) > LONGEST_FILE_BYTES) {
                throw new IOException(file + " is longer than " + LONGEST_FILE_BYTES + " bytes");
            }
            return new Replay(name, Files.readAllLines(file, StandardCharsets.ISO_8859_1), roster, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Received> poll() {
        List<Received> telegrams = new ArrayList<>();
        for (reached = position; reached < lines.size() && telegrams.size() < MOST_AT_ONCE; reached++) {
            String line = lines.get(reached).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(line, telegrams);
            }
        }
        return telegrams;
    }

    @Override
    public void acknowledge(Set<Received> unfinished) {
        position = reached;
    }

    @Override
    public boolean waiting() {
        return reached < lines.size();
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private void add(String line, List<Received> telegrams) {
        try {
            String[] words = line.split("\\s+", 2);
            boolean stamped = words.length == 2 && words[0].contains("T");
            Instant at = stamped ? Instant.parse(words[0]) : clock.instant();
            String[] parts = (stamped ? words[1] : line).split(",", 2);
            byte[] key = parts.length == 2 ? bytes(parts[1]) : new byte[0];
            telegrams.add(new Received(new Roster.Place(name, ""), at, bytes(parts[0]), key));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            countOnce("telegram.not-hex");
        }
    }

    /** A line that comes again because nothing was acknowledged is the same fault. */
    private void countOnce(String fault) {
        if (reached >= counted) {
            roster.count(fault);
            counted = reached + 1;
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
}
