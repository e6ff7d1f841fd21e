package city.hamana.demo.trial;

import city.hamana.demo.city.Plan;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** Damage to what a node's storage holds. What is lost by it, the node has to tell city hall. */
final class DamageFaults {
    private static final int PAGE = 4_096;
    private static final Duration ALONE = Duration.ofMillis(1_500);

    private final Site site;
    private final Damages damages;

    DamageFaults(Site site, Damages damages) {
        this.site = site;
        this.damages = damages;
    }

    Fault.Healing pageNoise(Step step) throws IOException, InterruptedException {
        return whileDown(step, (journal, random) -> {
            try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
                byte[] noise = new byte[PAGE];
                random.nextBytes(noise);
                file.seek(PAGE * random.nextLong(Math.max(1, file.length() / PAGE)));
                file.write(noise);
            }
        });
    }

    Fault.Healing walCut(Step step) throws IOException, InterruptedException {
        return whileDown(step, (journal, random) -> {
            Path wal = journal.resolveSibling(journal.getFileName() + "-wal");
            if (Files.exists(wal)) {
                try (FileChannel file = FileChannel.open(wal, StandardOpenOption.WRITE)) {
                    file.truncate(random.nextLong(file.size() + 1));
                }
            }
        });
    }

    /** The program still holds the file; nobody else can find it any more. */
    Fault.Healing gone(Step step) throws IOException, InterruptedException {
        Fault.Healing healing = alone(step.target());
        Path journal = site.journal(step.target());
        for (String end : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(journal.resolveSibling(journal.getFileName() + end));
        }
        return healing;
    }

    private interface Damage {
        void to(Path journal, SplittableRandom random) throws IOException;
    }

    private Fault.Healing whileDown(Step step, Damage damage) throws IOException, InterruptedException {
        Fault.Healing healing = alone(step.target());
        site.city().hold(step.target());
        try {
            damage.to(site.journal(step.target()), step.random());
        } finally {
            site.city().release(step.target());
        }
        return healing;
    }

    /** For a while nothing leaves the node, so that there is something to damage. */
    private Fault.Healing alone(String node) throws InterruptedException {
        Instant begun = site.time().instant();
        Proxy line = site.lines().line(node.equals(Plan.NODE_1) ? Lines.NODE_1_BROKER : Lines.NODE_2_BROKER);
        line.weather(new Weather.Cut());
        Thread.sleep(ALONE);
        return () -> {
            line.clear();
            damages.add(node, begun, site.time().instant());
        };
    }
}
