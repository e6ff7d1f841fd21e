package city.hamana.sensor;

import city.hamana.link.ClockWatch;
import city.hamana.link.Counters;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.DeviceStatus;
import city.hamana.link.Journal;
import city.hamana.link.NodeWork;
import city.hamana.link.Watchdog;
import city.hamana.messages.v1.ClockCorrection;
import city.hamana.messages.v1.Command;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.Priority;
import city.hamana.messages.v1.Status;
import city.hamana.sensor.device.Hanging;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Carries what the guard and the analysers hand over into the journal, and city hall's commands to the guard. */
final class SensorNode implements NodeWork {
    /** Version as the status tells it. */
    static final String SOFTWARE = "sensor-node 0.1.0";

    private static final int MOST_EQUIPMENT = 300;

    private final Supplier<DeviceIdentity> identity;
    private final Journal journal;
    private final ClockWatch clock;
    private final Outbox outbox;
    private final Optional<Guard> guard;
    private final List<Hanging> hanging;
    private final Counters counters;
    private final DeviceStatus status;

    SensorNode(
            Supplier<DeviceIdentity> identity,
            Journal journal,
            SensorSettings settings,
            Outbox outbox,
            Optional<Guard> guard,
            List<Hanging> hanging,
            Counters counters) {
        this.identity = identity;
        this.journal = journal;
        this.clock = settings.program().clock();
        this.outbox = outbox;
        this.guard = guard;
        this.hanging = hanging;
        this.counters = counters;
        this.status = new DeviceStatus(
                SOFTWARE, identity, journal, clock, settings.program().flashBudgetBytes());
    }

    @Override
    public Duration round() throws InterruptedException {
        ClockCorrection correction = clock.look();
        Outbox.Letter letter = outbox.open();
        boolean clockWasSet = !correction.equals(ClockCorrection.getDefaultInstance());
        if (!letter.samples().isEmpty() || clockWasSet || journal.lossesWait()) {
            Priority priority = letter.alarm() ? Priority.PRIORITY_ALARM : Priority.PRIORITY_READING;
            journal.append(
                    identity.get(),
                    clock.state(),
                    new Journal.Content(priority, letter.samples(), List.of(), correction));
            clock.said();
            outbox.kept();
        }
        return Duration.ZERO;
    }

    @Override
    public Status.Builder status() {
        Status.Builder now = status.now().putAllCounters(counters.all());
        guard.ifPresent(g -> now.setSign(g.state()));
        hanging.stream()
                .filter(Hanging::tells)
                .limit(MOST_EQUIPMENT)
                .map(Hanging::state)
                .forEach(now::addEquipment);
        return now;
    }

    @Override
    public List<NodePresence> attached() {
        return hanging.stream()
                .map(h -> NodePresence.newBuilder()
                        .setDeviceId(h.id())
                        .setConnected(h.answers())
                        .setHeardUnixMs(h.heardUnixMs())
                        .build())
                .toList();
    }

    @Override
    public void command(Command command) {
        guard.ifPresentOrElse(g -> g.command(command), () -> counters.count("command.unknown"));
    }

    /** The guard tells systemd by itself: a journal that hangs is no reason to end it. */
    @Override
    public void watchedBy(Supplier<?> look) {
        if (guard.isEmpty()) {
            Watchdog.start(look);
        }
    }

    /** Guard and analysers go on: they are not this round's to end. */
    @Override
    public void close() {}
}
