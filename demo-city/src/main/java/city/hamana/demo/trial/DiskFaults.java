package city.hamana.demo.trial;

import city.hamana.demo.city.DemoCity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Faults of the storage: small disks that are full or read-only, and system calls that strace delays or lets fail, so that
 * the program's own SQLite sees them.
 */
final class DiskFaults {
    private static final List<String> ERRORS = List.of("EIO", "EROFS", "ENOSPC");
    private static final long ATTACH_MS = 300;

    private final Site site;
    private final DemoCity city;

    DiskFaults(Site site) {
        this.site = site;
        this.city = site.city();
    }

    Fault.Healing full(Step step) throws IOException {
        SmallDisk disk = available(step);
        disk.fill();
        return disk::free;
    }

    /** The kernel does not take the right to write from open files, so the program has to find the disk so. */
    Fault.Healing readOnly(Step step) throws IOException, InterruptedException {
        SmallDisk disk = available(step);
        city.hold(step.target());
        try {
            disk.writable(false);
        } finally {
            city.release(step.target());
        }
        return () -> disk.writable(true);
    }

    Fault.Healing slow(Step step) throws IOException, InterruptedException {
        int micros = step.random().nextInt(20_000, 400_000);
        return traced(step.target(), "fdatasync,fsync:delay_exit=" + micros);
    }

    /** Some writes and syncs fail, or all of them. */
    Fault.Healing failing(Step step) throws IOException, InterruptedException {
        SplittableRandom random = step.random();
        String error = ERRORS.get(random.nextInt(ERRORS.size()));
        String calls = random.nextBoolean() ? "pwrite64" : "fdatasync,fsync";
        String when = random.nextBoolean() ? "" : ":when=1+" + random.nextInt(2, 20);
        return traced(step.target(), calls + ":error=" + error + when);
    }

    private SmallDisk available(Step step) throws Fault.NotAvailableException {
        SmallDisk disk = site.disk(step.target());
        if (disk.missing().isPresent()) {
            throw new Fault.NotAvailableException(
                    "no small file system: " + disk.missing().get());
        }
        return disk;
    }

    private Fault.Healing traced(String program, String inject) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-q", "-o", "/dev/null"));
        command.addAll(List.of("-e", "trace=fdatasync,fsync,pwrite64", "-e", "inject=" + inject));
        command.addAll(List.of("-p", Long.toString(city.pid(program))));
        Process strace = start(command);
        if (strace.waitFor(ATTACH_MS, TimeUnit.MILLISECONDS)
                && ProcessHandle.of(city.pid(program)).isPresent()) {
            throw new Fault.NotAvailableException(said(strace));
        }
        return () -> {
            // Asked to end, it lets go of the program; killed, it would leave it stopped on some kernels.
            strace.destroy();
            strace.waitFor();
        };
    }

    private static Process start(List<String> command) throws Fault.NotAvailableException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new Fault.NotAvailableException("strace is not here: " + e.getMessage());
        }
    }

    private static String said(Process strace) throws IOException {
        String text = new String(strace.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.strip().lines().reduce("strace ended", (first, last) -> last);
    }
}
