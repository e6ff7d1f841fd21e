package city.hamana.meter.line;

import city.hamana.meter.line.Answers.Answer;
import city.hamana.meter.line.Answers.Patience;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master of one wired M-Bus. Each meter is first reset (SND_NKE), or selected by its secondary address, then asked
 * (REQ_UD2) with a frame count bit. The bit is toggled, which tells the meter that its telegram arrived, only after
 * {@link #acknowledge}: until then the meter repeats it, so that a crash between reading and storing loses nothing.
 *
 * <p>Only one meter can be selected at a time: one that tells its readout in several telegrams stays selected from poll to
 * poll, and the others of secondary addresses wait for it, but not for more than {@link #MOST_IN_A_ROW} telegrams.
 */
public final class MeterBus implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(MeterBus.class);
    /** Meters asked in one poll, so that what was read is kept soon, however slow the line. */
    private static final int MOST_ASKED = 32;

    private static final int MOST_IN_A_ROW = 128;

    /**
     * How patient the master is.
     *
     * @param answerTimeout until the first byte of an answer
     * @param byteTimeout from byte to byte
     * @param retries how often a request is repeated
     * @param silentRetry how long a meter, or a line that cannot be opened, is left alone after it failed
     */
    public record Limits(Duration answerTimeout, Duration byteTimeout, int retries, Duration silentRetry) {
        Patience patience() {
            return new Patience(answerTimeout, byteTimeout);
        }
    }

    /**
     * Where a bus is.
     *
     * @param baud at which every meter talks at first
     * @param readBaud at which they are told to talk; empty: not
     */
    public record Wire(Line.Opener opener, int baud, OptionalInt readBaud) {
        /** Behind a level converter's TCP port, at the converter's own rate. */
        public static Wire tcp(InetSocketAddress converter) {
            return new Wire(() -> TcpLine.open(converter), 0, OptionalInt.empty());
        }

        /** Behind a level converter at a serial port, 8E1. */
        public static Wire serial(Path device, int baud, OptionalInt readBaud) {
            return new Wire(() -> SerialLine.open(device, baud), baud, readBaud);
        }
    }

    private final String name;
    private final List<BusMeter> meters = new ArrayList<>();
    private final Wire wire;
    private final Limits limits;
    private final Schedule schedule;
    private final Roster roster;
    private final Clock clock;
    private final Map<Received, BusMeter> delivered = new LinkedHashMap<>();
    private Optional<Line> line = Optional.empty();
    private Optional<BusMeter> selected = Optional.empty();
    private long lineRetryNanos = System.nanoTime();
    private int inARow;
    private int next;
    private long look;
    private boolean heldBack;

    public MeterBus(
            String name,
            List<MeterAddress> addresses,
            Wire wire,
            Limits limits,
            Schedule schedule,
            Roster roster,
            Clock clock) {
        this.name = name;
        this.wire = wire;
        this.limits = limits;
        this.schedule = schedule;
        this.roster = roster;
        this.clock = clock;
        for (MeterAddress address : addresses) {
            meters.add(new BusMeter(name, address, meters.size(), addresses.size(), wire.baud()));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Received> poll() {
        delivered.clear();
        if (next >= meters.size()) {
            look += heldBack ? 0 : 1;
            heldBack = false;
            next = 0;
        }
        for (int asked = 0; next < meters.size() && asked < MOST_ASKED; next++) {
            BusMeter meter = meters.get(next);
            if (meter.due(schedule, look) && free(meter) && opened()) {
                asked++;
                ask(meter);
            }
        }
        return List.copyOf(delivered.keySet());
    }

    @Override
    public void acknowledge(Set<Received> unfinished) {
        delivered.forEach((telegram, meter) -> {
            boolean more = unfinished.contains(telegram);
            if (!meter.acknowledged(more)) {
                roster.fault(meter.place(), "telegram.endless");
            }
            if (selected.filter(meter::equals).isPresent()) {
                release(more);
            }
        });
        delivered.clear();
    }

    @Override
    public boolean waiting() {
        return (heldBack || next < meters.size()) && line.isPresent();
    }

    @Override
    public void close() {
        line.ifPresent(Line::close);
        line = Optional.empty();
        selected = Optional.empty();
        meters.forEach(BusMeter::lineClosed);
        delivered.clear();
    }

    /** Nobody else is selected while one has not finished. */
    private boolean free(BusMeter meter) {
        boolean held = meter.address() instanceof MeterAddress.Secondary
                && selected.filter(other -> other != meter && other.tellsMore()).isPresent();
        heldBack |= held;
        return !held;
    }

    /** After a readout, or when it has lasted for long, the others' turn comes. */
    private void release(boolean unfinished) {
        inARow++;
        if (!unfinished || inARow >= MOST_IN_A_ROW) {
            deselect();
        }
    }

    private void deselect() {
        selected.ifPresent(BusMeter::forget);
        selected = Optional.empty();
        inARow = 0;
    }

    private boolean opened() {
        if (line.isPresent()) {
            return true;
        }
        if (System.nanoTime() - lineRetryNanos < 0) {
            return false;
        }
        try {
            line = Optional.of(wire.opener().open());
            LOG.info("line {} is open", name);
            return true;
        } catch (IOException e) {
            lost("line.open", e);
            return false;
        }
    }

    private void lost(String fault, IOException e) {
        roster.count(fault);
        LOG.warn("line {}: {}", name, e.getMessage());
        close();
        meters.forEach(meter -> roster.silent(meter.place()));
        lineRetryNanos = System.nanoTime() + limits.silentRetry().toNanos();
    }

    private void ask(BusMeter meter) {
        try {
            Line open = line.orElseThrow(() -> new IOException("the line is closed"));
            BusMaster master = new BusMaster(open, limits.patience(), limits.retries());
            meter.asked(schedule, look);
            boolean ready = meter.countBit().isPresent() ? resumed(open, meter) : begun(open, master, meter);
            Answer answer = ready ? request(master, meter) : new Answer.Fault("line.timeout");
            if (answer instanceof Answer.Frame(byte[] frame)) {
                keep(meter, frame);
            } else {
                fail(meter);
            }
        } catch (IOException e) {
            lost("line.lost", e);
        }
    }

    private Answer request(BusMaster master, BusMeter meter) throws IOException {
        Answer answer = master.request(meter.address(), meter.countBit().orElse(true), faults(meter));
        if (answer instanceof Answer.Acknowledged) {
            roster.fault(meter.place(), "telegram.no-data");
        }
        return answer;
    }

    private void keep(BusMeter meter, byte[] frame) {
        Received telegram = meter.received(frame, clock.instant());
        roster.count("telegram.received");
        roster.heard(meter.place(), telegram.at());
        delivered.put(telegram, meter);
    }

    private void fail(BusMeter meter) {
        roster.silent(meter.place());
        meter.failed(limits.silentRetry());
        if (selected.filter(meter::equals).isPresent()) {
            deselect();
        }
    }

    private boolean resumed(Line open, BusMeter meter) throws IOException {
        follow(open, meter.baud());
        return true;
    }

    /** Reaches a meter at the rate it talks at, or fell back to, and tells it to talk faster where that is wanted. */
    private boolean begun(Line open, BusMaster master, BusMeter meter) throws IOException {
        boolean there = reached(open, master, meter, meter.baud());
        int other = meter.baud() == wire.baud() ? wire.readBaud().orElse(wire.baud()) : wire.baud();
        if (!there && other != meter.baud()) {
            there = reached(open, master, meter, other);
        }
        return there && accelerated(open, master, meter);
    }

    private boolean reached(Line open, BusMaster master, BusMeter meter, int baud) throws IOException {
        follow(open, baud);
        if (meter.address() instanceof MeterAddress.Secondary) {
            deselect();
        }
        boolean there = switch (meter.address()) {
            case MeterAddress.Primary primary -> master.reset(primary.field(), faults(meter));
            case MeterAddress.Secondary secondary -> master.select(secondary, faults(meter));
        };
        if (there) {
            meter.talksAt(baud);
            meter.began();
            selected = meter.address() instanceof MeterAddress.Secondary ? Optional.of(meter) : selected;
        }
        return there;
    }

    /** A meter that acknowledges the new rate and is not heard at it goes back by itself, and is not asked again. */
    private boolean accelerated(Line open, BusMaster master, BusMeter meter) throws IOException {
        int wanted = wire.readBaud().orElse(meter.baud());
        if (meter.baud() == wanted || meter.baudRefused()) {
            return true;
        }
        if (!master.baud(meter.address().field(), wanted, faults(meter))) {
            meter.refusedBaud(wire.baud());
            roster.fault(meter.place(), "line.baud-refused");
            return reached(open, master, meter, wire.baud());
        }
        if (!reached(open, master, meter, wanted)) {
            meter.refusedBaud(wire.baud());
            roster.fault(meter.place(), "line.baud-refused");
            return false;
        }
        return true;
    }

    private void follow(Line open, int baud) throws IOException {
        if (wire.readBaud().isPresent()) {
            open.baud(baud);
        }
    }

    private Consumer<String> faults(BusMeter meter) {
        return fault -> roster.fault(meter.place(), fault);
    }
}
