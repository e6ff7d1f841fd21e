package city.hamana.link;

import city.hamana.messages.v1.Status;
import city.hamana.messages.v1.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How a device is, for its gateway, city hall and whoever stands before it. Thread-safe. */
public final class DeviceStatus {
    /** The kernel's account of this process: {@code write_bytes} is what it had written to the storage (proc(5)). */
    private static final Path ACCOUNT = Path.of("/proc/self/io");

    private final String software;
    private final Supplier<DeviceIdentity> identity;
    private final Journal journal;
    private final ClockWatch clock;
    private final long dailyBudgetBytes;
    private final DayMeter written;
    private final DayMeter kept;
    private final DayMeter samples;
    private long writtenBefore;
    private long keptBefore;
    private long samplesBefore;

    /**
     * Counts from now on.
     *
     * @param software name and version
     * @param dailyBudgetBytes what may be written to the storage in a day
     */
    public DeviceStatus(
            String software,
            Supplier<DeviceIdentity> identity,
            Journal journal,
            ClockWatch clock,
            long dailyBudgetBytes) {
        this.software = software;
        this.identity = identity;
        this.journal = journal;
        this.clock = clock;
        this.dailyBudgetBytes = dailyBudgetBytes;
        this.written = new DayMeter(clock::uptimeMs);
        this.kept = new DayMeter(clock::uptimeMs);
        this.samples = new DayMeter(clock::uptimeMs);
    }

    /** As it is now; what only this kind of device knows is for the caller to add. */
    public synchronized Status.Builder now() {
        DeviceIdentity me = identity.get();
        // What waits is read after the next sequence: a block appended between the two is told to wait, never to be
        // missing.
        long nextSequence = journal.nextSequence();
        Journal.Waiting waiting = journal.waiting();
        return Status.newBuilder()
                .setDeviceId(me.deviceId())
                .setBootId(journal.bootId())
                .setSoftware(software)
                .setClock(clock.state())
                .setNextSequence(nextSequence)
                .addAllPending(journal.pending())
                .setWaitingBlocks(waiting.blocks())
                .setWaitingBytes(waiting.bytes())
                .setSetAsideBlocks(waiting.setAside())
                .setQuotaBytes(journal.quotaBytes())
                .setCertificateNotAfterUnixMs(
                        me.certificate().getNotAfter().toInstant().toEpochMilli())
                .setStorage(storage(waiting));
    }

    private Storage storage(Journal.Waiting waiting) {
        count();
        Storage.Builder storage = Storage.newBuilder()
                .setState(journal.storageState())
                .setDetail(journal.storageDetail())
                .setWrittenBytes(written.sum())
                .setDailyBudgetBytes(dailyBudgetBytes)
                .setSamples(samples.sum())
                .setRetainedBytes(waiting.retainedBytes());
        long perDay = kept.perDay();
        if (perDay > 0) {
            storage.setDaysLeft((int) Math.min(99_999, Math.max(0, journal.quotaBytes() - waiting.bytes()) / perDay));
        }
        return storage.build();
    }

    private void count() {
        long writtenNow = writtenBytes();
        long keptNow = journal.appendedBytes();
        long samplesNow = journal.appendedSamples();
        written.add(writtenNow - writtenBefore);
        kept.add(keptNow - keptBefore);
        samples.add(samplesNow - samplesBefore);
        writtenBefore = writtenNow;
        keptBefore = keptNow;
        samplesBefore = samplesNow;
    }

    /** 0 where the kernel keeps no such account. */
    private static long writtenBytes() {
        try (Stream<String> lines = Files.lines(ACCOUNT, StandardCharsets.US_ASCII)) {
            return lines.filter(line -> line.startsWith("write_bytes: "))
                    .mapToLong(line -> Long.parseLong(line.substring("write_bytes: ".length())))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
