package city.hamana.sensor;

import city.hamana.link.ClockWatch;
import city.hamana.link.Counters;
import city.hamana.link.Watchdog;
import city.hamana.messages.v1.EquipmentKind;
import city.hamana.sensor.analyser.Analyser;
import city.hamana.sensor.analyser.Rounds;
import city.hamana.sensor.device.Asked;
import city.hamana.sensor.device.FloatSwitch;
import city.hamana.sensor.device.GpioBoard;
import city.hamana.sensor.device.Hanging;
import city.hamana.sensor.device.ModbusLine;
import city.hamana.sensor.level.Watch;
import city.hamana.sensor.sign.Sign;
import city.hamana.sensor.simulator.SimulatedPi;
import city.hamana.sensor.simulator.Story;
import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CProvider;
import com.pi4j.plugin.raspberrypi.platform.RaspberryPiPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that hangs on the node, at work from its making to its end, whatever becomes of journal and network. */
final class Equipped implements AutoCloseable {
    /** A demonstration's loop gauge: as the settings have it where nothing is set. */
    private static final double BURDEN_OHM = 100;

    private static final double MILLIAMPERE_PER_MM = 16.0 / 2_000;
    private static final double FLOAT_AT_MM = 120;
    private static final long LEAST_ROUND_MS = 50;
    private static final String SIMULATED = "SIMULATED";

    private final SensorSettings settings;
    private final ClockWatch clock;
    private final Counters counters;
    private final Outbox outbox;
    private final Map<String, ModbusLine> lines = new LinkedHashMap<>();
    private final List<Hanging> hanging = new ArrayList<>();
    private final Optional<Context> pi;
    private final Optional<Guard> guard;
    private final Rounds rounds;
    private boolean closed;

    private Equipped(SensorSettings settings, Counters counters, Outbox outbox) {
        this.settings = settings;
        this.clock = settings.program().clock();
        this.counters = counters;
        this.outbox = outbox;
        settings.lines().forEach((name, address) -> lines.put(name, new ModbusLine(address, settings.answerTimeout())));
        this.pi = settings.road().map(road -> pi());
        this.guard = settings.road().map(this::guard);
        this.guard.ifPresent(Guard::start);
        this.rounds = rounds();
    }

    /**
     * The road first, then the analysers.
     *
     * @throws IllegalArgumentException if the machine has no GPIO that can be used
     */
    static Equipped start(SensorSettings settings, Counters counters, Outbox outbox) {
        try {
            return new Equipped(settings, counters, outbox);
        } catch (Pi4JException | IllegalStateException | LinkageError e) {
            throw new IllegalArgumentException("this machine's GPIO cannot be used, on a PC set pi=mock: " + e, e);
        }
    }

    Optional<Guard> guard() {
        return guard;
    }

    List<Hanging> hanging() {
        return List.copyOf(hanging);
    }

    /** May be called twice, by the program and by what ends it. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        guard.ifPresent(Guard::close);
        rounds.close();
        lines.values().forEach(ModbusLine::close);
        pi.ifPresent(Context::shutdown);
    }

    private Context pi() {
        return settings.simulated()
                .map(this::simulated)
                .orElseGet(() -> Pi4J.newContextBuilder()
                        .add(new RaspberryPiPlatform())
                        .add(
                                GpioDDigitalInputProvider.newInstance(),
                                GpioDDigitalOutputProvider.newInstance(),
                                LinuxFsI2CProvider.newInstance())
                        .build());
    }

    private Context simulated(Story story) {
        return SimulatedPi.open(
                () -> (4 + story.depthMm(clock.now()) * MILLIAMPERE_PER_MM) / 1_000 * BURDEN_OHM,
                () -> story.depthMm(clock.now()) >= FLOAT_AT_MM);
    }

    private Guard guard(RoadSettings road) {
        Context board = pi.orElseThrow();
        GpioBoard lamps = GpioBoard.open(board, road.lamps(), road.failSafe());
        List<Asked> gauges = road.gauges().stream()
                .map(g -> new Asked(
                        hang(g.name(), EquipmentKind.EQUIPMENT_KIND_LEVEL_GAUGE, g.where()), g.gauge(lines, board)))
                .toList();
        Optional<FloatSwitch> floatSwitch =
                road.floatGpio().isEmpty() ? Optional.empty() : Optional.of(floatSwitch(road, board));
        Sign sign = new Sign(
                road.place(),
                lamps,
                road.commandFile(),
                road.failSafe(),
                road.sirenFor(),
                counters,
                Stamp.moment(clock));
        Watch watch = new Watch(
                road.rules(), road.gauges().stream().map(GaugeSettings::name).toList(), road.failSafe());
        Runnable alive = Watchdog.ofEnvironment()
                .<Runnable>map(systemd -> systemd::alive)
                .orElse(() -> {});
        return new Guard(road.place(), road.rules(), gauges, floatSwitch, watch, sign, clock, outbox, alive);
    }

    private FloatSwitch floatSwitch(RoadSettings road, Context board) {
        int gpio = road.floatGpio().getAsInt();
        Hanging hanging = hang(road.place() + "-float", EquipmentKind.EQUIPMENT_KIND_FLOAT_SWITCH, "gpio " + gpio);
        return FloatSwitch.open(board, gpio, road.floatLifted(), hanging);
    }

    private Hanging hang(String id, EquipmentKind kind, String where) {
        String vendor = settings.simulated().isPresent() ? SIMULATED : "";
        Hanging one = new Hanging(id, kind, where, vendor, counters);
        hanging.add(one);
        return one;
    }

    private Rounds rounds() {
        List<Analyser> analysers = settings.analysers().stream()
                .map(a -> new Analyser(
                        hang(a.name(), EquipmentKind.EQUIPMENT_KIND_ANALYSER, a.line() + " unit " + a.unit()),
                        lines.get(a.line()),
                        a.channels(),
                        a.duties(),
                        a.frozenAfter(),
                        settings.zone()))
                .toList();
        long everyMs = Math.max(LEAST_ROUND_MS, settings.analyserPoll().toMillis() / clock.speed());
        return Rounds.start(analysers, Duration.ofMillis(everyMs), this::read);
    }

    private void read(Analyser analyser) {
        Stamp stamp = Stamp.of(clock);
        Analyser.Found found = analyser.read(stamp.at(), stamp.flags());
        if (!found.samples().isEmpty()) {
            outbox.put(found.samples(), found.alarm());
        }
    }
}
