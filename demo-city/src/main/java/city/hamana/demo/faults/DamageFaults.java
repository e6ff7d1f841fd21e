package city.hamana.demo.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** Damage to what a node's storage holds. What is lost by it, the node has to tell city hall. */
final class DamageFaults {
    private static final int PAGE = 4_096;

    private final Site site;

    DamageFaults(Site site) {
        this.site = site;
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
    Fault.Healing gone(Step step) throws IOException {
        Path journal = site.journal(step.target());
        for (String end : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(journal.resolveSibling(journal.getFileName() + end));
        }
        return Fault.Healing.NOTHING_TO_HEAL;
    }

    private interface Damage {
        void to(Path journal, SplittableRandom random) throws IOException;
    }

    private Fault.Healing whileDown(Step step, Damage damage) throws IOException, InterruptedException {
        site.city().hold(step.target());
        try {
            damage.to(site.journal(step.target()), step.random());
        } finally {
            site.city().release(step.target());
        }
        return Fault.Healing.NOTHING_TO_HEAL;
    }
}
