package city.hamana.meter.line;

import city.hamana.meter.telegram.Sender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wireless M-Bus receiver at a serial port: IMST's iM871A, 57,600 baud 8N1, and sticks that speak as it does. A thread
 * of its own listens, because telegrams come unasked. Telegrams of meters that are not ours are counted and forgotten at
 * once: they tell how other people live.
 */
public final class RadioStick implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(RadioStick.class);
    private static final int BAUD = 57_600;
    private static final int MOST_WAITING = 1_024;
    private static final int MOST_AT_ONCE = 256;
    private static final int SHORTEST_TELEGRAM = 10;
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(500);
    /** By the city's clock; a meter at the edge of what can be heard is heard some times a day. */
    private static final Duration SILENT_AFTER = Duration.ofHours(25);

    /** How the meters send (EN 13757-4), in the order of the stick's own numbers. */
    public enum Mode {
        S1,
        S1_M,
        S2,
        T1,
        T2,
        R2,
        C1_A,
        C1_B,
        C2_A,
        C2_B
    }

    private final String name;
    private final Line.Opener opener;
    private final Mode mode;
    private final Set<String> ours;
    private final MeterBus.Limits limits;
    private final Roster roster;
    private final Clock clock;
    private final Repeats repeats = new Repeats();
    private final Queue<Received> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final List<Received> delivered = new ArrayList<>();
    /** Of our own meters only, so it does not grow. */
    private final Map<Roster.Place, Instant> lastHeard = new ConcurrentHashMap<>();

    private Optional<Thread> listener = Optional.empty();
    private volatile boolean closed;

    /** Listens for these meters only, by their names as {@link Sender} gives them. */
    RadioStick(
            String name,
            Line.Opener opener,
            Mode mode,
            Set<String> ours,
            MeterBus.Limits limits,
            Roster roster,
            Clock clock) {
        this.name = name;
        this.opener = opener;
        this.mode = mode;
        this.ours = Set.copyOf(ours);
        this.limits = limits;
        this.roster = roster;
        this.clock = clock;
        ours.stream().sorted().forEach(meter -> roster.silent(new Roster.Place(name, meter)));
    }

    /** A stick at a serial port. */
    public static RadioStick serial(
            String name, Path device, Mode mode, Set<String> ours, MeterBus.Limits limits, Roster roster, Clock clock) {
        return new RadioStick(name, () -> SerialLine.withoutParity(device, BAUD), mode, ours, limits, roster, clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Received> poll() {
        if (listener.isEmpty()) {
            listener = Optional.of(
                    Thread.ofPlatform().name("radio-" + name).daemon().start(this::listen));
        }
        Instant silent = clock.instant().minus(SILENT_AFTER);
        lastHeard.forEach((place, at) -> {
            if (at.isBefore(silent)) {
                roster.silent(place);
            }
        });
        while (delivered.size() < MOST_AT_ONCE && !waiting.isEmpty()) {
            delivered.add(waiting.remove());
        }
        return List.copyOf(delivered);
    }

    @Override
    public void acknowledge(Set<Received> unfinished) {
        delivered.clear();
    }

    @Override
    public boolean unasked() {
        return true;
    }

    @Override
    public boolean waiting() {
        return !waiting.isEmpty();
    }

    @Override
    public void close() {
        closed = true;
        listener.ifPresent(Thread::interrupt);
    }

    private void listen() {
        try {
            while (!closed) {
                session();
                Thread.sleep(limits.silentRetry());
            }
        } catch (InterruptedException e) {
            LOG.debug("radio {} is closed", name);
        }
    }

    /** From opening the port until it is lost. */
    private void session() {
        String fault = "line.open";
        try (Line line = opener.open()) {
            LOG.info("radio {} is open", name);
            fault = "line.lost";
            HciReader reader = new HciReader(line, limits.byteTimeout(), roster::count);
            if (configured(line, reader)) {
                hear(reader);
            }
        } catch (IOException e) {
            roster.count(fault);
            LOG.warn("radio {}: {}", name, e.getMessage());
        }
    }

    private void hear(HciReader reader) throws IOException {
        while (!closed) {
            reader.next(LOOKS_EVERY).ifPresent(this::take);
        }
    }

    /** Sets the mode, in the stick's memory only; nothing else of its settings is touched. */
    private boolean configured(Line line, HciReader reader) throws IOException {
        byte[] linkModeOnly = {0, 0x02, number(mode), 0};
        line.drain();
        line.send(new HciMessage(HciMessage.DEVICE, HciMessage.SET_CONFIGURATION, linkModeOnly).bytes());
        long until = System.nanoTime() + ANSWERS_WITHIN.toNanos();
        while (!closed && System.nanoTime() - until < 0) {
            Optional<HciMessage> message = reader.next(LOOKS_EVERY);
            if (message.filter(RadioStick::confirms).isPresent()) {
                return true;
            }
            message.ifPresent(this::take);
        }
        roster.count("radio.not-configured");
        LOG.warn("radio {}: the stick does not confirm mode {}", name, mode);
        return false;
    }

    private static byte number(Mode mode) {
        return switch (mode) {
            case S1 -> 0;
            case S1_M -> 1;
            case S2 -> 2;
            case T1 -> 3;
            case T2 -> 4;
            case R2 -> 5;
            case C1_A -> 6;
            case C1_B -> 7;
            case C2_A -> 8;
            case C2_B -> 9;
        };
    }

    private static boolean confirms(HciMessage message) {
        return message.endpoint() == HciMessage.DEVICE
                && message.id() == HciMessage.CONFIGURATION_SET
                && message.payload().length > 0
                && message.payload()[0] == 0;
    }

    /** The stick leaves the L field out, which is the payload's own length. */
    private void take(HciMessage message) {
        boolean heard = message.endpoint() == HciMessage.RADIO
                && message.id() == HciMessage.TELEGRAM_HEARD
                && message.payload().length >= SHORTEST_TELEGRAM;
        if (heard) {
            byte[] telegram = new byte[message.payload().length + 1];
            telegram[0] = (byte) message.payload().length;
            System.arraycopy(message.payload(), 0, telegram, 1, message.payload().length);
            sort(telegram);
        }
    }

    private void sort(byte[] telegram) {
        Optional<String> meter =
                Sender.of(telegram).stream().filter(ours::contains).findFirst();
        if (meter.isEmpty()) {
            roster.count("radio.foreign");
        } else if (repeats.heard(telegram, System.nanoTime())) {
            roster.count("radio.duplicate");
        } else {
            keep(new Roster.Place(name, meter.get()), telegram);
        }
    }

    private void keep(Roster.Place place, byte[] telegram) {
        Received received = new Received(place, clock.instant(), telegram, new byte[0]);
        roster.count("telegram.received");
        roster.heard(place, received.at());
        lastHeard.put(place, received.at());
        if (!waiting.offer(received)) {
            roster.count("radio.overflow");
        }
    }
}
