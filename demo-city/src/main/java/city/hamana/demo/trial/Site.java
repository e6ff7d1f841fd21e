package city.hamana.demo.trial;

import city.hamana.demo.city.CityTime;
import city.hamana.demo.city.DemoCity;
import city.hamana.demo.city.Installation;
import city.hamana.demo.city.Plan;
import city.hamana.demo.city.Ports;
import city.hamana.demo.city.Supervised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A whole city that can be broken: its lines pass through us, two of its journals have a small disk of their own. */
final class Site {
    private static final int DISK_MEGABYTES = 16;
    private static final Supervised.Patience PATIENCE =
            new Supervised.Patience(Duration.ofMillis(300), Duration.ofMillis(1_500), Duration.ofSeconds(5));

    /** Two thirds of a certificate's life are over when it is issued. */
    private static final String RENEWED_AT_EVERY_START = "certificate-days=1\nbackdate-hours=49\n";

    /**
     * What kind of city.
     *
     * @param speed of its time
     * @param every distance of the readings in the meters' logs
     * @param toBeBroken with small disks, and certificates that are renewed at every start
     * @param node further settings of the nodes
     * @param gateway further settings of the gateway
     */
    record Layout(
            int speed, Duration every, int perBus, int timeless, boolean toBeBroken, String node, String gateway) {
        /** One real second is a city minute: a meter's log grows by a reading each second. */
        static final Layout BROKEN = new Layout(60, Duration.ofMinutes(1), 10, 2, true, "", "");
    }

    private final DemoCity city;
    private final Plan plan;
    private final Layout layout;
    private final Lines lines;
    private final Known known;
    private final Map<String, SmallDisk> disks = new LinkedHashMap<>();
    private final Map<String, DeviceClock> clocks = new LinkedHashMap<>();

    private Site(
            Installation installation, Plan direct, Lines lines, Known known, Layout layout, Consumer<String> report) {
        this.layout = layout;
        this.plan = plan(direct, lines, known, layout);
        this.lines = lines;
        this.known = known;
        this.city = new DemoCity(installation, plan, report, PATIENCE);
    }

    /** A city that does not run yet, in an empty folder. */
    static Site found(Installation installation, Path folder, Layout layout, Consumer<String> report)
            throws IOException, InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        CityTime time = new CityTime(now, now, layout.speed());
        Plan direct = Plan.of(folder, time, Ports.free());
        Known known = new Known(now, layout.every(), layout.perBus(), layout.timeless());
        Site site = new Site(installation, direct, Lines.of(direct), known, layout, report);
        site.prepare();
        return site;
    }

    void start() throws InterruptedException {
        city.start();
    }

    DemoCity city() {
        return city;
    }

    Plan plan() {
        return plan;
    }

    Lines lines() {
        return lines;
    }

    Known known() {
        return known;
    }

    /** The true time of the city. */
    Clock time() {
        return plan.time().clock();
    }

    SmallDisk disk(String device) {
        return disks.get(device);
    }

    DeviceClock clock(String device) {
        return clocks.get(device);
    }

    /** Where a device keeps its journal. */
    Path journal(String device) {
        return plan.home(device).resolve("disk/journal.db");
    }

    /** What the simulated meters remember of being read. */
    Path memory() {
        return plan.home(Plan.SIMULATOR).resolve("memory");
    }

    /** Keeps what the small disks hold when the run went wrong. */
    void keepDisks() throws IOException {
        for (SmallDisk disk : disks.values()) {
            if (disk.missing().isEmpty()) {
                disk.keep();
            }
        }
    }

    void stop() throws InterruptedException {
        city.close();
        lines.close();
        for (SmallDisk disk : disks.values()) {
            disk.unmount();
        }
    }

    private void prepare() throws IOException, InterruptedException {
        for (String device : List.of(Plan.NODE_1, Plan.NODE_2, Plan.GATEWAY)) {
            Path home = Files.createDirectories(plan.home(device));
            Files.createDirectories(home.resolve("disk"));
            DeviceClock clock = new DeviceClock(home);
            clock.synchronised(true);
            clocks.put(device, clock);
        }
        for (String device : layout.toBeBroken() ? List.of(Plan.NODE_1, Plan.GATEWAY) : List.<String>of()) {
            disks.put(device, SmallDisk.mount(plan.home(device).resolve("disk"), DISK_MEGABYTES));
        }
    }

    private static Plan plan(Plan direct, Lines lines, Known known, Layout layout) {
        return direct.with(Plan.SIMULATOR, """
                known-since=%s
                known-every-s=%d
                meters=%d
                timeless-meters=%d
                """.formatted(
                                known.since(), known.every().toSeconds(), 2 * known.perBus(), known.timeless()))
                .with(Plan.PROVISIONING, layout.toBeBroken() ? RENEWED_AT_EVERY_START : "")
                .with(Plan.NODE_1, node(lines, lines.port(Lines.NODE_1_BROKER), known) + layout.node())
                .with(Plan.NODE_2, node(lines, lines.port(Lines.NODE_2_BROKER), known) + layout.node())
                .with(Plan.GATEWAY, gateway(lines) + layout.gateway());
    }

    private static String node(Lines lines, int broker, Known known) {
        return device(lines) + """
                gateway-address=ssl://localhost:%d
                street-meters=1-%d
                poll-every-ms=200
                silent-retry-ms=500
                status-every-ms=1000
                uplink-resend-ms=3000
                """.formatted(broker, known.perBus());
    }

    private static String gateway(Lines lines) {
        return device(lines) + """
                city-address=https://localhost:%d
                heartbeat-every-ms=1000
                upload-timeout-ms=5000
                backoff-most-ms=2000
                """.formatted(lines.port(Lines.GATEWAY_CITY));
    }

    private static String device(Lines lines) {
        return """
                est-address=https://localhost:%d
                journal-file=disk/journal.db
                journal-quota-bytes=8388608
                clock-trusted=false
                clock-synchronised-file=%s
                clock-offset-file=%s
                """.formatted(lines.port(Lines.EST), DeviceClock.SYNCHRONISED_FILE, DeviceClock.OFFSET_FILE);
    }
}
