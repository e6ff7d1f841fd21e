package city.hamana.demo.trial;

import city.hamana.demo.city.DemoException;
import city.hamana.demo.city.Installation;
import city.hamana.demo.city.Plan;
import city.hamana.demo.trial.Known.Meter;
import city.hamana.demo.trial.Known.Reading;
import city.hamana.demo.trial.Site.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Measurements over the real programs; every figure is said beside a goal or a limit of the same run. */
public final class Bench {
    private static final int ALONE_SPEED = 40_000;
    private static final int ALONE_STEP_DAYS = 30;
    private static final int ALONE_METERS = 24;
    private static final long NODE_GOAL_MB = 96;
    private static final long GATEWAY_GOAL_MB = 128;

    private static final int FLASH_SPEED = 3_600;
    private static final Duration FLASH_TIME = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(30);

    private final Installation installation;
    private final Path folder;
    private final Consumer<String> say;
    private Site site;
    private Drain drain;
    private boolean stopped;

    /** Measurements in an empty folder. */
    public Bench(Installation installation, Path folder, Consumer<String> say) {
        this.installation = installation;
        this.folder = folder;
        this.say = say;
    }

    /** Stops what runs. A second time does nothing, so that nothing is written into a folder that is gone by then. */
    public synchronized void stop() throws InterruptedException {
        if (stopped) {
            return;
        }
        stopped = true;
        if (site != null) {
            site.stop();
        }
        if (drain != null) {
            drain.close();
        }
    }

    private synchronized void start(Layout layout) throws IOException, InterruptedException {
        site = Site.found(installation, folder, layout, line -> {});
        site.start();
    }

    // --- alone ---------------------------------------------------------------------------------------------------

    /** Months of city time without city hall, for one node also without its gateway; then everything comes back. */
    public boolean alone(int days) throws InterruptedException {
        String quota = "journal-quota-bytes=1073741824\n";
        Layout layout = new Layout(
                ALONE_SPEED,
                Duration.ofHours(1),
                ALONE_METERS,
                0,
                false,
                quota + "poll-every-ms=90\n",
                quota + "broker=mosquitto\n");
        try {
            start(layout);
            site.city().hold(Plan.AGGREGATOR);
            site.lines().line(Lines.NODE_2_BROKER).weather(new Weather.Cut());
            say.accept(
                    "bench alone: " + days + " city days, " + ALONE_METERS + " meters hourly at each node (SIMULATED), "
                            + ALONE_SPEED + " times as fast as real time; city hall is away, and " + Plan.NODE_2
                            + " has no gateway either; the gateway's broker is mosquitto, a process of its own");
            Instant begun = site.time().instant();
            boolean small = true;
            for (int day = 0; day <= days; day += ALONE_STEP_DAYS) {
                awaitCityTime(begun.plus(Duration.ofDays(day)));
                small &= sayFootprints(day);
            }
            return complete() && small;
        } catch (IOException e) {
            throw DemoException.of("the measurement cannot go on", e);
        }
    }

    private void awaitCityTime(Instant at) throws InterruptedException {
        while (site.time().instant().isBefore(at)) {
            Thread.sleep(LOOK_EVERY.dividedBy(10));
        }
    }

    private boolean sayFootprints(int day) {
        Footprint node1 = Footprint.of(site.city().pid(Plan.NODE_1));
        Footprint node2 = Footprint.of(site.city().pid(Plan.NODE_2));
        Footprint gateway = Footprint.of(site.city().pid(Plan.GATEWAY));
        say.accept("day %3d: %s %s; %s (cut off) %s; goal %d MB; %s %s, goal %d MB"
                .formatted(
                        day,
                        Plan.NODE_1,
                        node1,
                        Plan.NODE_2,
                        node2,
                        NODE_GOAL_MB,
                        Plan.GATEWAY,
                        gateway,
                        GATEWAY_GOAL_MB));
        return node1.residentKib() < NODE_GOAL_MB << 10
                && node2.residentKib() < NODE_GOAL_MB << 10
                && gateway.residentKib() < GATEWAY_GOAL_MB << 10;
    }

    /** Lets everything come back, and waits until all is held that the meters know to be taken. */
    private boolean complete() throws IOException, InterruptedException {
        site.city().hold(Plan.SIMULATOR);
        site.city().release(Plan.AGGREGATOR);
        site.lines().line(Lines.NODE_2_BROKER).clear();
        long begun = System.nanoTime();
        try (CityHall cityHall = new CityHall(site.city())) {
            Instant end = Instant.now().plus(DRAIN_LIMIT);
            Comparison.Result result = compare(cityHall);
            while (!result.lost().isEmpty() && Instant.now().isBefore(end)) {
                Thread.sleep(LOOK_EVERY);
                result = compare(cityHall);
            }
            say.accept("drained in %d s: written %d, held %d, lost %d, duplicated %d, wrong %d"
                    .formatted(
                            (System.nanoTime() - begun) / 1_000_000_000,
                            result.written(),
                            result.held(),
                            result.lost().size(),
                            result.duplicated().size(),
                            result.wrong().size()));
            return result.good();
        }
    }

    private Comparison.Result compare(CityHall cityHall) throws IOException, InterruptedException {
        Comparison comparison = new Comparison(site.known(), new Jumps(), Duration.ZERO, (meter, reading) -> false);
        for (Meter meter : site.known().meters()) {
            List<Reading> told = site.known().written(meter, site.memory());
            comparison.add(meter, told, heldOrNothing(cityHall, meter));
        }
        return comparison.result();
    }

    /** City hall starts just now: what it does not answer is not held yet. */
    private static List<Reading> heldOrNothing(CityHall cityHall, Meter meter) throws InterruptedException {
        try {
            return cityHall.held(meter);
        } catch (IOException e) {
            return List.of();
        }
    }

    // --- flash ---------------------------------------------------------------------------------------------------

    /** Bytes that node and gateway make the kernel write for each reading. */
    public boolean flash() throws InterruptedException {
        Layout layout = new Layout(FLASH_SPEED, Duration.ofHours(1), ALONE_METERS, 0, false, "", "broker=mosquitto\n");
        try {
            start(layout);
            say.accept(
                    "bench flash: " + ALONE_METERS + " meters hourly at each of two nodes (SIMULATED), a city hour in a"
                            + " real second, so a block of " + ALONE_METERS + " readings for each hour, for "
                            + FLASH_TIME.toSeconds() + " s");
            long readings = written();
            Footprint node = Footprint.of(site.city().pid(Plan.NODE_1));
            Footprint gateway = Footprint.of(site.city().pid(Plan.GATEWAY));
            Thread.sleep(FLASH_TIME);
            long taken = written() - readings;
            sayFlash(Plan.NODE_1, node, taken / 2);
            sayFlash(Plan.GATEWAY, gateway, taken);
            return taken > 0;
        } catch (IOException e) {
            throw DemoException.of("the measurement cannot go on", e);
        }
    }

    private void sayFlash(String device, Footprint before, long readings) {
        long bytes = Footprint.of(site.city().pid(device)).writtenBytes() - before.writtenBytes();
        say.accept("%s: %d bytes written, %d readings, %d bytes a reading, %d a block of %d (a reading's own value and"
                        .formatted(
                                device,
                                bytes,
                                readings,
                                bytes / Math.max(1, readings),
                                ALONE_METERS * bytes / Math.max(1, readings),
                                ALONE_METERS)
                + " instant: 16)");
    }

    private long written() throws IOException {
        long sum = 0;
        for (Meter meter : site.known().meters()) {
            sum += site.known().written(meter, site.memory()).size();
        }
        return sum;
    }

    // --- drain ---------------------------------------------------------------------------------------------------

    /** Days of hourly readings that wait at the nodes, taken through the real programs until city hall has them. */
    public boolean drain(int nodes, int meters, int days) throws InterruptedException {
        Backlog backlog = Backlog.before(Instant.now(), nodes, meters, days);
        try {
            begin(Drain.found(installation, folder, backlog, say));
            return drain.run();
        } catch (IOException e) {
            throw DemoException.of("the measurement cannot go on", e);
        }
    }

    private synchronized void begin(Drain founded) {
        drain = founded;
    }
}
