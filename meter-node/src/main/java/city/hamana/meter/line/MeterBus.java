package city.hamana.meter.line;

import city.hamana.link.Counters;
import city.hamana.meter.line.Answers.Answer;
import city.hamana.meter.line.Answers.Patience;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master of one wired M-Bus. Each meter is first reset (SND_NKE), then asked (REQ_UD2) with a frame count bit. The
 * bit is toggled, which tells the meter that its telegram arrived, only after {@link #acknowledge}: until then the meter
 * repeats it, so that a crash between reading and storing loses nothing.
 */
public final class MeterBus implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(MeterBus.class);
    private static final int SND_NKE = 0x40;
    private static final int REQ_UD2 = 0x5B;
    private static final int COUNT_BIT = 0x20;

    /**
     * How patient the master is.
     *
     * @param answerTimeout until the first byte of an answer
     * @param byteTimeout from byte to byte
     * @param retries how often a request is repeated
     * @param silentRetry how long a meter, or a line that cannot be opened, is left alone after it failed
     */
    public record Limits(Duration answerTimeout, Duration byteTimeout, int retries, Duration silentRetry) {}

    private final String name;
    private final List<Integer> addresses;
    private final Line.Opener opener;
    private final Limits limits;
    private final Counters counters;
    private final Clock clock;
    private final Patience patience;
    private final Map<Integer, Boolean> countBits = new HashMap<>();
    private final Map<Integer, Long> silentUntilNanos = new HashMap<>();
    private final Map<Integer, Received> repeatable = new HashMap<>();
    private final List<Integer> delivered = new ArrayList<>();
    private Optional<Line> line = Optional.empty();
    private long lineRetryNanos = System.nanoTime();

    MeterBus(String name, List<Integer> addresses, Line.Opener opener, Limits limits, Counters counters, Clock clock) {
        this.name = name;
        this.addresses = List.copyOf(addresses);
        this.opener = opener;
        this.limits = limits;
        this.counters = counters;
        this.clock = clock;
        this.patience = new Patience(limits.answerTimeout(), limits.byteTimeout());
    }

    /** A bus behind a TCP port. Addresses are primary, 0 to 254. */
    public static MeterBus tcp(
            String name,
            InetSocketAddress converter,
            List<Integer> addresses,
            Limits limits,
            Counters counters,
            Clock clock) {
        return new MeterBus(name, addresses, () -> TcpLine.open(converter), limits, counters, clock);
    }

    /** A bus at a serial port, 8E1. */
    public static MeterBus serial(
            String name,
            Path device,
            int baud,
            List<Integer> addresses,
            Limits limits,
            Counters counters,
            Clock clock) {
        return new MeterBus(name, addresses, () -> SerialLine.open(device, baud), limits, counters, clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Received> poll() {
        delivered.clear();
        List<Received> telegrams = new ArrayList<>();
        for (int address : addresses) {
            if (due(address) && opened()) {
                ask(address).ifPresent(frame -> {
                    delivered.add(address);
                    telegrams.add(received(address, frame));
                });
            }
        }
        return telegrams;
    }

    /** A telegram that could not be kept is repeated by its meter: it is as old as it was the first time. */
    private Received received(int address, byte[] frame) {
        Received before = repeatable.get(address);
        boolean repeated = before != null && Arrays.equals(before.bytes(), frame);
        Received received = repeated ? before : new Received(name, clock.instant(), frame, new byte[0]);
        repeatable.put(address, received);
        return received;
    }

    @Override
    public void acknowledge() {
        delivered.forEach(address -> countBits.computeIfPresent(address, (a, bit) -> !bit));
        delivered.forEach(repeatable::remove);
        delivered.clear();
    }

    @Override
    public void close() {
        line.ifPresent(Line::close);
        line = Optional.empty();
        countBits.clear();
        repeatable.clear();
        delivered.clear();
    }

    private boolean due(int address) {
        Long until = silentUntilNanos.get(address);
        return until == null || System.nanoTime() - until >= 0;
    }

    private boolean opened() {
        if (line.isPresent()) {
            return true;
        }
        if (System.nanoTime() - lineRetryNanos < 0) {
            return false;
        }
        try {
            line = Optional.of(opener.open());
            LOG.info("line {} is open", name);
            return true;
        } catch (IOException e) {
            lost("line.open", e);
            return false;
        }
    }

    private void lost(String fault, IOException e) {
        counters.count(fault);
        LOG.warn("line {}: {}", name, e.getMessage());
        close();
        lineRetryNanos = System.nanoTime() + limits.silentRetry().toNanos();
    }

    private Optional<byte[]> ask(int address) {
        try {
            if (reset(address)) {
                int control = REQ_UD2 | (countBits.get(address) ? COUNT_BIT : 0);
                Answer answer = tried(address, control);
                if (answer instanceof Answer.Frame frame) {
                    counters.count("telegram.received");
                    silentUntilNanos.remove(address);
                    return Optional.of(frame.bytes());
                }
            }
            silentUntilNanos.put(
                    address, System.nanoTime() + limits.silentRetry().toNanos());
            return Optional.empty();
        } catch (IOException e) {
            lost("line.lost", e);
            return Optional.empty();
        }
    }

    /** After a reset the first request carries a set bit; the meter repeats what was not acknowledged before. */
    private boolean reset(int address) throws IOException {
        if (countBits.containsKey(address)) {
            return true;
        }
        boolean there = tried(address, SND_NKE) instanceof Answer.Acknowledged;
        if (there) {
            countBits.put(address, true);
        }
        return there;
    }

    private Answer tried(int address, int control) throws IOException {
        Answer answer = once(address, control);
        for (int i = 0; i < limits.retries() && answer instanceof Answer.Fault; i++) {
            counters.count("line.retry");
            answer = once(address, control);
        }
        return answer;
    }

    private Answer once(int address, int control) throws IOException {
        Line open = line.orElseThrow(() -> new IOException("the line is closed"));
        open.drain();
        open.send(shortFrame(control, address));
        Answer answer =
                control == SND_NKE ? Answers.acknowledgement(open, patience) : Answers.frame(open, address, patience);
        switch (answer) {
            case Answer.Fault(String fault) -> counters.count(fault);
            case Answer.Acknowledged ignored when control != SND_NKE -> counters.count("telegram.no-data");
            case Answer.Acknowledged ignored -> LOG.debug("line {}: meter {} is there", name, address);
            case Answer.Frame ignored -> LOG.debug("line {}: meter {} answers", name, address);
        }
        return answer;
    }

    static byte[] shortFrame(int control, int address) {
        return new byte[] {0x10, (byte) control, (byte) address, (byte) (control + address), 0x16};
    }
}
