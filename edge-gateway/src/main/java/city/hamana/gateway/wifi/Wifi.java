package city.hamana.gateway.wifi;

import city.hamana.gateway.wifi.WifiSettings.Patience;
import city.hamana.link.ClockWatch;
import city.hamana.link.JournalException;
import city.hamana.messages.Quality;
import city.hamana.messages.Sample;
import city.hamana.messages.v1.ClockState;
import city.hamana.messages.v1.Equipment;
import city.hamana.messages.v1.EquipmentKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all access points once a round, each on a thread of its own, so that one that is dead delays nobody but the end of
 * its round, by a few seconds. Of a round's answers come samples of one instant, for the gateway's own journal.
 */
public final class Wifi implements AutoCloseable {
    /** What may be told of in one status. */
    static final int MOST_EQUIPMENT = 300;

    private static final Logger LOG = LoggerFactory.getLogger(Wifi.class);
    private static final Duration END_LIMIT = Duration.ofSeconds(5);
    private static final int MOST_SAMPLES_AT_ONCE = 30_000;

    private final WifiSettings settings;
    private final ClockWatch clock;
    private final Consumer<List<Sample>> keep;
    private final List<AccessPoint> accessPoints;
    private final Totals totals;
    private final Faults faults = new Faults();
    private final ExecutorService askers;
    private final Thread rounds = Thread.ofPlatform().name("wifi").daemon().unstarted(this::run);
    private volatile boolean closing;

    /**
     * Reads the totals; nothing is asked yet.
     *
     * @param keep keeps samples durably; throws {@link city.hamana.link.JournalException} where it cannot
     */
    public Wifi(WifiSettings settings, ClockWatch clock, Consumer<List<Sample>> keep) {
        this.settings = settings;
        this.clock = clock;
        this.keep = keep;
        Vendors vendors = new Vendors();
        this.accessPoints = settings.accessPoints().stream()
                .map(one -> new AccessPoint(one, settings.patience(), vendors))
                .toList();
        this.totals = Totals.read(
                settings.totalsFile(),
                accessPoints.stream().map(AccessPoint::id).toList());
        this.askers = Executors.newCachedThreadPool(
                Thread.ofPlatform().name("wifi-", 1).daemon().factory());
    }

    /** Begins with the rounds, if there is anything to ask. */
    public void start() {
        if (!accessPoints.isEmpty()) {
            rounds.start();
        }
    }

    /** How the access points were last found: devices first, then what hangs on controllers, then radios and SSIDs. */
    public List<Equipment> equipment() {
        List<Equipment> all = new ArrayList<>();
        accessPoints.forEach(one -> all.addAll(one.equipment()));
        all.sort(Comparator.comparingInt(Wifi::place));
        return List.copyOf(all.subList(0, Math.min(MOST_EQUIPMENT, all.size())));
    }

    /** Faults since the start, by name, of all access points together. */
    public Map<String, Long> faults() {
        Map<String, Long> sums = new TreeMap<>(faults.all());
        accessPoints.forEach(one -> one.faults().forEach((name, count) -> sums.merge(name, count, Long::sum)));
        return sums;
    }

    @Override
    public void close() {
        closing = true;
        rounds.interrupt();
        askers.shutdownNow();
        try {
            if (rounds.isAlive()) {
                rounds.join(END_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int place(Equipment one) {
        boolean device = !one.getId().contains("_");
        return device ? 0 : one.getKind() == EquipmentKind.EQUIPMENT_KIND_ACCESS_POINT ? 1 : 2;
    }

    private void run() {
        long next = System.nanoTime();
        while (!closing) {
            try {
                round();
                next = Math.max(System.nanoTime(), next + settings.pollEvery().toNanos());
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Asks all that are not being asked still, and keeps what they say. */
    private void round() throws InterruptedException {
        ClockState state = clock.state();
        Instant at = Instant.ofEpochMilli(state.getUnixMs());
        SampleList samples = new SampleList(at, state.getSynchronised() ? 0 : Quality.CLOCK_UNKNOWN, totals);
        for (Map.Entry<AccessPoint, Optional<Snapshot>> answer : answers(at).entrySet()) {
            answer.getValue().ifPresent(snapshot -> totals.advance(snapshot, at));
            samples.add(answer.getKey().id(), answer.getValue());
        }
        keepTotals();
        keepSamples(samples.all());
    }

    private Map<AccessPoint, Optional<Snapshot>> answers(Instant at) throws InterruptedException {
        Map<AccessPoint, Future<Optional<Snapshot>>> asked = new LinkedHashMap<>();
        accessPoints.stream()
                .filter(AccessPoint::begin)
                .forEach(one -> asked.put(one, askers.submit(() -> one.ask(at))));
        long until = System.nanoTime()
                + Patience.WHOLE.plus(settings.patience().timeout()).toNanos();
        Map<AccessPoint, Optional<Snapshot>> answers = new LinkedHashMap<>();
        for (Map.Entry<AccessPoint, Future<Optional<Snapshot>>> one : asked.entrySet()) {
            answers.put(one.getKey(), answer(one.getKey(), one.getValue(), until - System.nanoTime()));
        }
        return answers;
    }

    private Optional<Snapshot> answer(AccessPoint asked, Future<Optional<Snapshot>> answer, long nanos)
            throws InterruptedException {
        try {
            return answer.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            faults.count("snmp.slow");
            return Optional.empty();
        } catch (ExecutionException e) {
            faults.count("snmp.failed");
            LOG.error("asking {} failed", asked.id(), e.getCause());
            return Optional.empty();
        }
    }

    private void keepTotals() {
        try {
            totals.keep();
        } catch (IOException e) {
            faults.count("totals.not-kept");
            LOG.warn("totals not kept: {}", e.getMessage());
        }
    }

    private void keepSamples(List<Sample> samples) {
        for (int i = 0; i < samples.size(); i += MOST_SAMPLES_AT_ONCE) {
            try {
                keep.accept(samples.subList(i, Math.min(samples.size(), i + MOST_SAMPLES_AT_ONCE)));
            } catch (JournalException e) {
                faults.count("journal.refused");
                LOG.error("what access points said is not kept: {}", e.getMessage());
            }
        }
    }
}
