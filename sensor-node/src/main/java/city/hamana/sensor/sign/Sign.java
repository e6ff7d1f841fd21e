package city.hamana.sensor.sign;

import city.hamana.link.Counters;
import city.hamana.messages.v1.Command;
import city.hamana.messages.v1.CommandOutcome;
import city.hamana.messages.v1.SignAspect;
import city.hamana.messages.v1.SignReason;
import city.hamana.messages.v1.SignState;
import city.hamana.sensor.level.Assessment;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A warning sign between the water and city hall. A command can always make the sign stricter. It can make it less strict
 * where only the depth of caution, the rise, or nobody's knowing speaks against it; it never opens a road that a gauge
 * which can be believed, or the float, says is under water.
 *
 * <p>Used by one thread, but for {@link #state} and {@link #command}.
 */
public final class Sign implements AutoCloseable {
    /** How often the time left of a command is noted, so that a restart does not lengthen it. */
    private static final long NOTE_EVERY_MS = 60_000;

    private final String id;
    private final Board board;
    private final OrderFile file;
    private final Duration sirenFor;
    private final Counters counters;
    private Order order;
    private Shown shown;
    private boolean switched;
    private long sinceMs;
    private long closedUptimeMs;
    private boolean closedByWater;
    private long lookedMs;
    private long notedMs;

    /**
     * A sign that shows what is safe until it is told more.
     *
     * @param id that its samples carry
     * @param file where the last command is kept
     * @param sirenFor how long the siren sounds when the water closes the road; zero: never
     */
    public Sign(
            String id, Board board, Path file, SignAspect failSafe, Duration sirenFor, Counters counters, Moment now) {
        this.id = id;
        this.board = board;
        this.file = new OrderFile(file);
        this.sirenFor = sirenFor;
        this.counters = counters;
        // What was not noted of the time before the restart counts as gone.
        this.order = this.file.read().after(NOTE_EVERY_MS, now);
        this.shown = new Shown(failSafe, SignReason.SIGN_REASON_FAIL_SAFE, false);
        this.sinceMs = now.unixMs();
        this.lookedMs = now.uptimeMs();
        this.notedMs = now.uptimeMs();
        this.switched = switchTo(shown);
        if (order.command().getNumber() > 0) {
            note(now);
        }
    }

    /** A command of city hall; one that is not newer than the last is passed over, as city hall repeats itself. */
    public synchronized void command(Command command, Moment now) {
        if (command.getNumber() <= order.command().getNumber()) {
            counters.count("command.not-newer");
            return;
        }
        elapse(now);
        order = Order.of(command, now);
        counters.count(order.outcome() == CommandOutcome.COMMAND_OUTCOME_EXPIRED ? "command.expired" : "command.taken");
        note(now);
    }

    /**
     * Shows what the water and the command ask for.
     *
     * @return whether the aspect has changed
     */
    public synchronized boolean look(Assessment water, Moment now) {
        elapse(now);
        Shown next = decide(water, now);
        boolean changed = next.aspect() != shown.aspect();
        if (changed || next.reason() != shown.reason()) {
            sinceMs = now.unixMs();
        }
        shown = next;
        switched = switchTo(next);
        SignAspect asked = order.aspect();
        boolean obeyed = asked == SignAspect.SIGN_ASPECT_UNSPECIFIED || asked == next.aspect();
        order = order.obeyed(obeyed && switched);
        return changed;
    }

    /** What the sign shows now. */
    public synchronized Shown shown() {
        return shown;
    }

    /** For the device's status; the depth is for the caller to add. */
    public synchronized SignState.Builder state(Moment now) {
        SignState.Builder state = SignState.newBuilder()
                .setId(id)
                .setAspect(shown.aspect())
                .setReason(shown.reason())
                .setSinceUnixMs(sinceMs)
                .setSiren(shown.siren())
                .setLastCommand(order.command().getNumber())
                .setOutcome(order.outcome());
        if (order.inForce()) {
            state.setCommand(order.command().getNumber())
                    .setCommandEndsUnixMs(Math.min(endByClock(now), now.unixMs() + order.leftMs()));
        }
        return state;
    }

    /** Leaves the sign as it is safe without a program. */
    @Override
    public synchronized void close() {
        board.close();
    }

    private long endByClock(Moment now) {
        return now.clockSet() ? order.command().getExpiresUnixMs() : Long.MAX_VALUE;
    }

    private Shown decide(Assessment water, Moment now) {
        boolean siren = siren(water.aspect() == SignAspect.SIGN_ASPECT_CLOSED, now);
        SignAspect asked = order.aspect();
        boolean stricter = asked.getNumber() > water.aspect().getNumber();
        boolean opens = water.mayOpen() && asked != SignAspect.SIGN_ASPECT_UNSPECIFIED;
        return asked != water.aspect() && (stricter || opens)
                ? new Shown(asked, SignReason.SIGN_REASON_COMMAND, siren && asked == SignAspect.SIGN_ASPECT_CLOSED)
                : new Shown(water.aspect(), water.reason(), siren);
    }

    /** Sounds for a while from the moment that the water closes the road. */
    private boolean siren(boolean closedNow, Moment now) {
        if (closedNow && !closedByWater) {
            closedUptimeMs = now.uptimeMs();
        }
        closedByWater = closedNow;
        return closedNow && !order.silences() && now.uptimeMs() - closedUptimeMs < sirenFor.toMillis();
    }

    private void elapse(Moment now) {
        Order before = order;
        order = order.after(now.uptimeMs() - lookedMs, now);
        lookedMs = now.uptimeMs();
        boolean ended = before.inForce() && !order.inForce();
        if (ended || (order.inForce() && now.uptimeMs() - notedMs >= NOTE_EVERY_MS)) {
            note(now);
        }
    }

    private void note(Moment now) {
        notedMs = now.uptimeMs();
        if (!file.write(order)) {
            counters.count("command.not-kept");
        }
    }

    private boolean switchTo(Shown next) {
        boolean done = board.show(next.aspect(), next.siren());
        if (!done) {
            counters.count("sign.not-switched");
        }
        return done;
    }
}
