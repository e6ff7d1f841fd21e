package city.hamana.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What is kept of remote settings, beside the settings file {@code F}: {@code F.remote}, in force, on trial or confirmed;
 * {@code F.remote.previous}, the confirmed ones to go back to; {@code F.remote.trial}, how far the trial has come;
 * {@code F.remote.refused}, the last that were refused or taken back, and why. A version comes into force, is confirmed
 * and goes by one rename of {@code F.remote} each; a power cut before or after leaves one or the other, never a mix.
 */
final class SettingsFiles {
    /** Each call is one step that either happens or does not. Tests cut the power between them. */
    interface Disk {
        /** Replaces a file, forced to the disk before its name is. */
        void replace(Path file, String text);

        void move(Path from, Path to);

        void delete(Path file);

        Disk REAL = new Disk() {
            @Override
            public void replace(Path file, String text) {
                Pem.replace(file, text);
            }

            @Override
            public void move(Path from, Path to) {
                Pem.rename(from, to);
            }

            @Override
            public void delete(Path file) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw IdentityException.of(file, "cannot be deleted", e);
                }
            }
        };
    }

    /** How far a trial has come: running time over all starts, and the starts. */
    record Progress(long version, long spentMs, int starts) {}

    /** What was refused or taken back; version 0: nothing. */
    record Refused(long version, String reason) {
        static final Refused NOTHING = new Refused(0, "");
    }

    private final Path inForce;
    private final Path previous;
    private final Path trial;
    private final Path refused;
    private final Disk disk;

    SettingsFiles(Path settings, Disk disk) {
        this.inForce = RemoteOverlay.fileOf(settings.toAbsolutePath());
        this.previous = beside(inForce, ".previous");
        this.trial = beside(inForce, ".trial");
        this.refused = beside(inForce, ".refused");
        this.disk = disk;
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    /**
     * What is in force.
     *
     * @throws SettingsException if the file cannot be read
     */
    RemoteOverlay inForce() {
        return RemoteOverlay.read(inForce);
    }

    /** Brings a version into force, on trial; what is in force now is kept if city hall has confirmed it. */
    void apply(RemoteOverlay next) {
        RemoteOverlay now = inForce();
        if (now.trial().isEmpty()) {
            disk.replace(previous, now.text());
        }
        disk.replace(inForce, next.text());
    }

    void confirm() {
        disk.replace(inForce, inForce().confirmed().text());
        disk.delete(trial);
    }

    /** Goes back to the last confirmed version, or to none where there is none that can be read. */
    void takeBack() {
        if (previousReadable()) {
            disk.move(previous, inForce);
        } else {
            drop();
        }
        disk.delete(trial);
    }

    /** Goes back to the settings file alone. */
    void drop() {
        disk.delete(inForce);
    }

    void refuse(Refused what) {
        Properties lines = new Properties();
        lines.setProperty("version", Long.toString(what.version()));
        lines.setProperty("reason", what.reason());
        disk.replace(refused, RemoteOverlay.text(lines));
    }

    Refused refused() {
        return read(refused)
                .map(lines -> new Refused(number(lines, "version"), lines.getProperty("reason", "")))
                .orElse(Refused.NOTHING);
    }

    void note(Progress progress) {
        Properties lines = new Properties();
        lines.setProperty("version", Long.toString(progress.version()));
        lines.setProperty("spent-ms", Long.toString(progress.spentMs()));
        lines.setProperty("starts", Integer.toString(progress.starts()));
        disk.replace(trial, RemoteOverlay.text(lines));
    }

    /** How far the trial of a version has come; nowhere if nothing is known of it. */
    Progress progress(long version) {
        return read(trial)
                .map(lines -> new Progress(
                        number(lines, "version"), number(lines, "spent-ms"), (int) number(lines, "starts")))
                .filter(known -> known.version() == version)
                .orElse(new Progress(version, 0, 0));
    }

    private boolean previousReadable() {
        try {
            return Files.exists(previous)
                    && RemoteOverlay.read(previous).trial().isEmpty();
        } catch (SettingsException e) {
            return false;
        }
    }

    private static Optional<Properties> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties lines = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            lines.load(in);
            return Optional.of(lines);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // A note that cannot be read is as none.
        }
    }

    private static long number(Properties lines, String key) {
        String value = lines.getProperty(key, "0");
        return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
    }
}
