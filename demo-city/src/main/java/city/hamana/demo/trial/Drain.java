package city.hamana.demo.trial;

import city.hamana.demo.city.CityTime;
import city.hamana.demo.city.DemoCity;
import city.hamana.demo.city.Installation;
import city.hamana.demo.city.Plan;
import city.hamana.demo.city.Ports;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.Journal;
import city.hamana.link.LocalStatus;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.Priority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A city whose nodes wake with a backlog in their journals. Device CA, aggregator and gateway run already; how long it
 * takes until nothing waits at the edge and city hall holds it all is measured, and then every value is compared.
 */
final class Drain implements AutoCloseable {
    /** As a node has it by its settings' defaults. */
    private static final Journal.Options JOURNAL = new Journal.Options(1L << 30, 1L << 28, ZoneId.of("Asia/Tokyo"));

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final int MOST_NAMED = 20;

    private final DemoCity city;
    private final Plan plan;
    private final Backlog backlog;
    private final Consumer<String> say;

    private Drain(DemoCity city, Plan plan, Backlog backlog, Consumer<String> say) {
        this.city = city;
        this.plan = plan;
        this.backlog = backlog;
        this.say = say;
    }

    /** A city that does not run yet, in an empty folder. */
    static Drain found(Installation installation, Path folder, Backlog backlog, Consumer<String> say) {
        Instant now = Instant.now();
        Plan plan = Plan.of(folder, new CityTime(now, now, 1), Ports.free()).withNodes(backlog.nodes());
        return new Drain(new DemoCity(installation, plan, line -> {}), plan, backlog, say);
    }

    /** Measures; true if all has come in as it was measured. */
    boolean run() throws IOException, InterruptedException {
        say.accept("bench drain: " + backlog.meters() + " meters hourly (SIMULATED) at " + backlog.nodes()
                + " nodes, a block for each node and hour, " + backlog.hours() + " hours");
        city.startServers();
        long bytes = fill();
        try (CityHall cityHall = new CityHall(city)) {
            long begun = System.nanoTime();
            city.startNodesWithoutMeters();
            Standing standing = awaitDrained(cityHall);
            Duration time = Duration.ofNanos(System.nanoTime() - begun);
            say.accept("drained from the nodes' start on, receipts and all: "
                    + new Pace(backlog.blocks(), backlog.samples(), bytes, time));
            sayFootprints();
            return complete(cityHall, standing);
        }
    }

    @Override
    public void close() {
        city.close();
    }

    // --- filling the journals ------------------------------------------------------------------------------------

    /** Fills one journal after the other; returns the bytes that wait. */
    private long fill() throws IOException {
        long begun = System.nanoTime();
        long bytes = 0;
        for (int node = 1; node <= backlog.nodes(); node++) {
            bytes += fill(node);
        }
        Duration time = Duration.ofNanos(System.nanoTime() - begun);
        Path home = plan.home(Plan.NODE_1);
        say.accept("each block signed and synced, one node at a time: "
                + new Pace(backlog.blocks(), backlog.samples(), bytes, time));
        say.accept("the limits here, with the same key on the same storage: "
                + Ceiling.measure(DeviceIdentity.load(home.resolve("identity")), home));
        return bytes;
    }

    private long fill(int node) {
        DeviceIdentity identity = DeviceIdentity.load(plan.home(Plan.node(node)).resolve("identity"));
        try (Journal journal = Journal.open(journalFile(Plan.node(node)), identity.deviceId(), JOURNAL)) {
            for (int hour = 0; hour < backlog.hours(); hour++) {
                journal.append(
                        identity,
                        clock(hour),
                        Journal.Content.of(Priority.PRIORITY_READING, backlog.block(node, hour)));
            }
            return journal.waiting().bytes();
        }
    }

    private ClockState clock(int hour) {
        return ClockState.newBuilder()
                .setUnixMs(backlog.at(hour).toEpochMilli())
                .setMonotonicMs(Duration.ofHours(hour).toMillis())
                .setSynchronised(true)
                .build();
    }

    private Path journalFile(String device) {
        return plan.home(device).resolve("journal.db");
    }

    // --- waiting -------------------------------------------------------------------------------------------------

    /** How far the backlog has come; {@code waiting} is empty where a device does not answer yet. */
    private record Standing(Completeness completeness, Optional<Long> waiting) {
        boolean drained(Backlog backlog) {
            return completeness.held() >= backlog.blocks()
                    && completeness.unexplained() == 0
                    && waiting.equals(Optional.of(0L));
        }
    }

    private Standing awaitDrained(CityHall cityHall) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        Standing standing = standing(cityHall);
        while (!standing.drained(backlog) && Instant.now().isBefore(end)) {
            Thread.sleep(LOOK_EVERY);
            standing = standing(cityHall);
        }
        return standing;
    }

    private Standing standing(CityHall cityHall) throws IOException, InterruptedException {
        return new Standing(Completeness.of(cityHall, Instant.now()), waiting());
    }

    /** Blocks that nodes and gateway say to have still. */
    private Optional<Long> waiting() {
        long sum = 0;
        for (String device : edge().toList()) {
            Optional<Long> one = LocalStatus.ask(journalFile(device))
                    .map(heartbeat -> heartbeat.getGateway().getWaitingBlocks());
            if (one.isEmpty()) {
                return Optional.empty();
            }
            sum += one.get();
        }
        return Optional.of(sum);
    }

    private Stream<String> edge() {
        return Stream.concat(
                Stream.of(Plan.GATEWAY),
                IntStream.rangeClosed(1, backlog.nodes()).mapToObj(Plan::node));
    }

    private void sayFootprints() {
        long node = edge().skip(1).mapToLong(this::residentKib).max().orElseThrow();
        say.accept("memory at the end: the largest node %d MB, gateway %d MB, aggregator %d MB"
                .formatted(node >> 10, residentKib(Plan.GATEWAY) >> 10, residentKib(Plan.AGGREGATOR) >> 10));
    }

    private long residentKib(String program) {
        return Footprint.of(city.pid(program)).residentKib();
    }

    // --- comparing -----------------------------------------------------------------------------------------------

    private boolean complete(CityHall cityHall, Standing standing) throws IOException, InterruptedException {
        List<String> missing = new ArrayList<>();
        if (!standing.drained(backlog)) {
            missing.add("after " + LIMIT.toMinutes() + " min city hall holds "
                    + standing.completeness().held() + " of " + backlog.blocks() + " blocks, misses "
                    + standing.completeness().unexplained() + "; at the edge wait "
                    + standing.waiting().map(String::valueOf).orElse("nobody knows how many"));
        }
        for (int number = 1; number <= backlog.meters(); number++) {
            List<Known.Reading> held = cityHall.held(backlog.meter(number));
            if (!held.equals(backlog.readings(number))) {
                missing.add(backlog.meter(number).name() + ": " + held.size() + " values are held of " + backlog.hours()
                        + ", or some are wrong");
            }
        }
        missing.stream().limit(MOST_NAMED).forEach(say);
        say.accept(
                missing.isEmpty()
                        ? "complete: all " + backlog.samples() + " values of all " + backlog.meters()
                                + " meters are held as they were measured; missing blocks 0"
                        : "not complete: " + missing.size() + " findings");
        return missing.isEmpty();
    }
}
