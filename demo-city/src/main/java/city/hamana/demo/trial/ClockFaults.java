package city.hamana.demo.trial;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** Faults of the devices' clocks. */
final class ClockFaults {
    private static final Duration BOOT_LIMIT = Duration.ofSeconds(15);

    private final Site site;
    private final Jumps jumps;

    ClockFaults(Site site, Jumps jumps) {
        this.site = site;
        this.jumps = jumps;
    }

    /**
     * One hour to three days, forward or back. Somebody's hand does not make the device believe it, and its readings stay
     * right; a wrong time service does.
     */
    Fault.Healing jump(Step step) throws IOException {
        SplittableRandom random = step.random();
        Duration size = Duration.ofMinutes(random.nextInt(60, 3 * 24 * 60));
        Duration offset = random.nextBoolean() ? size : size.negated();
        return random.nextBoolean() ? byHand(step.target(), offset) : byTimeService(step.target(), offset);
    }

    private Fault.Healing byHand(String device, Duration offset) {
        site.clock(device).offset(offset);
        return () -> site.clock(device).offset(Duration.ZERO);
    }

    private Fault.Healing byTimeService(String device, Duration offset) throws IOException {
        DeviceClock clock = site.clock(device);
        Instant from = site.time().instant();
        clock.offset(offset);
        clock.synchronised(true);
        return () -> {
            clock.offset(Duration.ZERO);
            clock.synchronised(true);
            jumps.add(new Jumps.Jump(device, from, site.time().instant(), offset));
        };
    }

    /** A start with a clock that shows a day long past and says so; meters are read before it is set. */
    Fault.Healing none(Step step) throws IOException, InterruptedException {
        SplittableRandom random = step.random();
        DeviceClock clock = site.clock(step.target());
        site.city().hold(step.target());
        try {
            clock.synchronised(false);
            clock.offset(Duration.ofDays(-random.nextInt(30, 380)));
        } finally {
            site.city().release(step.target());
        }
        long before = readings(step.target());
        ProgramFaults.await(() -> readings(step.target()) > before, BOOT_LIMIT);
        return () -> {
            clock.offset(Duration.ZERO);
            Thread.sleep(random.nextInt(100, 1_000));
            clock.synchronised(true);
        };
    }

    /** How often a node has acknowledged its meters without time. */
    private long readings(String node) {
        long sum = 0;
        try {
            for (Known.Meter meter : site.known().meters()) {
                if (meter.node().equals(node) && meter.isTimeless()) {
                    sum += site.known().written(meter, site.memory()).size();
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return sum;
    }
}
