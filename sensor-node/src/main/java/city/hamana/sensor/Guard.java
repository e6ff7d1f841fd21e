package city.hamana.sensor;

import city.hamana.link.ClockWatch;
import city.hamana.messages.Condition;
import city.hamana.messages.LevelCondition;
import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.v1.Command;
import city.hamana.messages.v1.SignState;
import city.hamana.sensor.device.Asked;
import city.hamana.sensor.device.FloatSwitch;
import city.hamana.sensor.device.Hanging;
import city.hamana.sensor.level.Assessment;
import city.hamana.sensor.level.Reading;
import city.hamana.sensor.level.Rules;
import city.hamana.sensor.level.Watch;
import city.hamana.sensor.sign.Sign;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards one road on a thread of its own: asks the gauges, judges the water, switches the sign, and only then hands its
 * samples over. It needs no journal, no gateway and no city hall, and waits for none of them.
 */
final class Guard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long SLICE_MS = 1_000;
    private static final long LEAST_MS = 20;
    /** What does not change is said again after this time. */
    private static final long REPEAT_MS = 3_600_000;

    private final String place;
    private final Rules rules;
    private final List<Asked> gauges;
    private final Optional<FloatSwitch> floatSwitch;
    private final Watch watch;
    private final Sign sign;
    private final ClockWatch clock;
    private final Outbox outbox;
    private final Runnable alive;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Set<LevelCondition>> told = new HashMap<>();
    private final Map<String, Long> said = new HashMap<>();
    private final Thread thread;
    private volatile Assessment last;

    /** What was read in one round. */
    private record Round(Map<String, Reading> readings, Watch.FloatState lifted, Stamp stamp) {}

    /**
     * A guard that has not begun.
     *
     * @param place the id of the road's own samples
     * @param rules of which city hall shows the thresholds
     * @param alive called at least every few seconds while the guard is at work
     */
    Guard(
            String place,
            Rules rules,
            List<Asked> gauges,
            Optional<FloatSwitch> floatSwitch,
            Watch watch,
            Sign sign,
            ClockWatch clock,
            Outbox outbox,
            Runnable alive) {
        this.place = place;
        this.rules = rules;
        this.gauges = gauges;
        this.floatSwitch = floatSwitch;
        this.watch = watch;
        this.sign = sign;
        this.clock = clock;
        this.outbox = outbox;
        this.alive = alive;
        this.thread = Thread.ofPlatform().name("guard").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** What city hall wants to be shown. */
    void command(Command command) {
        sign.command(command, Stamp.moment(clock));
    }

    SignState state() {
        SignState.Builder state =
                sign.state(Stamp.moment(clock)).setCautionMm(rules.cautionMm()).setCloseMm(rules.closeMm());
        if (last != null) {
            last.depthMm().ifPresent(state::setLevelMm);
        }
        return state.build();
    }

    List<Hanging> gauges() {
        return gauges.stream().map(Asked::hanging).toList();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(PATIENCE.plusSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Before the gauges, of which one may hang.
        sign.close();
        gauges.forEach(Asked::close);
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                await(round());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One round; returns how long to wait for the next, by the city's clock. */
    Duration round() throws InterruptedException {
        alive.run();
        Round round = read();
        Assessment water = watch.assess(round.readings(), round.lifted(), clock.uptimeMs());
        // Who sees the sign change sees the water that changed it.
        last = water;
        boolean changed = sign.look(water, Stamp.moment(clock));
        if (changed) {
            LOG.info("the sign shows {}, water {} mm, {}", sign.shown(), water.depthMm(), water.conditions());
        }
        tell(round, water, changed);
        return water.next();
    }

    private void await(Duration next) throws InterruptedException {
        long until = clock.uptimeMs() + next.toMillis();
        long left = until - clock.uptimeMs();
        while (left > 0
                && !closing.await(Math.clamp(left / clock.speed(), LEAST_MS, SLICE_MS), TimeUnit.MILLISECONDS)) {
            alive.run();
            if (sign.look(last, Stamp.moment(clock))) {
                LOG.info("the sign shows {}", sign.shown());
                outbox.put(signSamples(Stamp.of(clock), true), true);
            }
            left = until - clock.uptimeMs();
        }
    }

    private Round read() throws InterruptedException {
        gauges.forEach(Asked::ask);
        Watch.FloatState lifted =
                floatSwitch.map(f -> f.read(clock.now().toEpochMilli())).orElse(Watch.FloatState.NONE);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Map<String, Reading> readings = new LinkedHashMap<>();
        for (Asked gauge : gauges) {
            readings.put(gauge.hanging().id(), gauge.answer(deadline));
            alive.run();
        }
        Stamp stamp = Stamp.of(clock);
        gauges.forEach(
                gauge -> note(gauge.hanging(), readings.get(gauge.hanging().id()), stamp));
        return new Round(readings, lifted, stamp);
    }

    private static void note(Hanging gauge, Reading reading, Stamp stamp) {
        switch (reading) {
            case Reading.Depth depth -> gauge.heard(stamp.at().toEpochMilli());
            case Reading.Fault fault ->
                gauge.failed(fault.name(), fault.answered(), stamp.at().toEpochMilli());
        }
    }

    private void tell(Round round, Assessment water, boolean signChanged) {
        Stamp stamp = round.stamp();
        List<Sample> samples = new ArrayList<>();
        round.readings().forEach((gauge, reading) -> {
            if (reading instanceof Reading.Depth depth) {
                int doubt = watch.held(gauge) ? Quality.METER_ERROR : 0;
                samples.add(new Sample(gauge, Quantity.LEVEL, stamp.at(), depth.mm(), -3, stamp.flags() | doubt));
            }
        });
        water.depthMm()
                .ifPresent(mm -> samples.add(new Sample(place, Quantity.LEVEL, stamp.at(), mm, -3, stamp.flags())));
        if (round.lifted() != Watch.FloatState.NONE) {
            long lifted = round.lifted() == Watch.FloatState.LIFTED ? 1 : 0;
            samples.add(new Sample(place, Quantity.FLOAT, stamp.at(), lifted, 0, stamp.flags()));
        }
        boolean alarm = signChanged;
        for (Map.Entry<String, Set<LevelCondition>> gauge : water.gauges().entrySet()) {
            alarm |= conditions(gauge.getKey(), gauge.getValue(), stamp, samples);
        }
        alarm |= conditions(place, water.conditions(), stamp, samples);
        samples.addAll(signSamples(stamp, signChanged));
        gauges.forEach(
                g -> g.hanging().conditions(water.gauges().get(g.hanging().id())));
        outbox.put(samples, alarm);
    }

    /** Adds what is the case where it has changed; returns whether something is newly so. */
    private boolean conditions(String id, Set<LevelCondition> now, Stamp stamp, List<Sample> into) {
        Set<LevelCondition> before = told.getOrDefault(id, EnumSet.noneOf(LevelCondition.class));
        told.put(id, now);
        if (due(id, !now.equals(before))) {
            into.add(new Sample(id, Quantity.LEVEL_CONDITIONS, stamp.at(), Condition.bits(now), 0, stamp.flags()));
        }
        return !before.containsAll(now);
    }

    private List<Sample> signSamples(Stamp stamp, boolean changed) {
        return due("sign", changed)
                ? List.of(new Sample(
                        place, Quantity.SIGN, stamp.at(), sign.shown().aspect().getNumber(), 0, stamp.flags()))
                : List.of();
    }

    private boolean due(String what, boolean changed) {
        long now = clock.uptimeMs();
        Long before = said.get(what);
        boolean due = changed || before == null || now - before >= REPEAT_MS;
        if (due) {
            said.put(what, now);
        }
        return due;
    }
}
