package city.hamana.demo.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Blocks of the nodes as somebody would hold them who had listened for a while. The broker lets nobody listen, so they
 * are taken from copies of the nodes' journals, between two rounds.
 */
final class CapturedBlocks {
    private static final int MOST_PER_NODE = 2_000;
    private static final int MOST_AT_ONCE = 200;
    private static final int MOST_LOOKS = 60;
    private static final long LOOK_EVERY_MS = 50;

    private final Site site;
    private final Path folder;
    private final Map<String, Deque<byte[]>> blocks = new HashMap<>();

    CapturedBlocks(Site site) throws IOException {
        this.site = site;
        this.folder = Files.createDirectories(site.plan().folder().resolve("captured"));
    }

    Path folder() {
        return folder;
    }

    /** Takes what waits now. A copy that was made in the midst of a write may be of no use; then nothing is taken. */
    void capture(String node) throws IOException {
        Path copy = folder.resolve(node + ".db");
        if (!copied(site.journal(node), copy)) {
            return;
        }
        Deque<byte[]> known = known(node);
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery("select envelope from block limit " + MOST_AT_ONCE)) {
            while (rows.next()) {
                known.add(rows.getBytes(1));
            }
        } catch (SQLException e) {
            LoggerFactory.getLogger(CapturedBlocks.class).debug("no blocks of {}: {}", node, e.getMessage());
        }
        while (known.size() > MOST_PER_NODE) {
            known.remove();
        }
    }

    /** The captured blocks of a node, the oldest first; where there are none yet, some are waited for a while. */
    List<byte[]> some(String node) throws IOException, InterruptedException {
        for (int i = 0; i < MOST_LOOKS && known(node).isEmpty(); i++) {
            capture(node);
            Thread.sleep(LOOK_EVERY_MS);
        }
        return new ArrayList<>(known(node));
    }

    private Deque<byte[]> known(String node) {
        return blocks.computeIfAbsent(node, n -> new ArrayDeque<>());
    }

    private static boolean copied(Path from, Path to) throws IOException {
        for (String end : new String[] {"-shm", "-wal", ""}) {
            Files.deleteIfExists(to.resolveSibling(to.getFileName() + end));
        }
        for (String end : new String[] {"", "-wal"}) {
            Path file = from.resolveSibling(from.getFileName() + end);
            if (Files.exists(file)) {
                Files.copy(file, to.resolveSibling(to.getFileName() + end), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return Files.exists(to);
    }
}
