package city.hamana.meter;

import city.hamana.link.ClockWatch;
import city.hamana.link.Counters;
import city.hamana.link.DeviceIdentity;
import city.hamana.link.DeviceStatus;
import city.hamana.link.Journal;
import city.hamana.link.Journal.Content;
import city.hamana.link.NodeWork;
import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.messages.SampleBlock;
import city.hamana.messages.v1.ClockCorrection;
import city.hamana.messages.v1.Command;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.Priority;
import city.hamana.messages.v1.RawTelegram;
import city.hamana.messages.v1.Status;
import city.hamana.meter.line.Received;
import city.hamana.meter.line.Roster;
import city.hamana.meter.line.Schedule;
import city.hamana.meter.line.Source;
import city.hamana.meter.pulse.PulseMeter;
import city.hamana.meter.telegram.Telegram;
import city.hamana.meter.telegram.TelegramDecoder;
import city.hamana.meter.telegram.Undecodable;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * One round after the other: ask each line's meters, decode, keep in the journal, and only then tell the meters that
 * their telegrams arrived. A crash at any point loses nothing; at worst a reading is kept twice, which is the same reading.
 */
final class MeterNode implements NodeWork {
    /** Version as the status tells it. */
    static final String SOFTWARE = "meter-node 0.1.0";

    private static final int MOST_REMEMBERED = 10_000;
    /** A meter with a data logger may have nothing to say all day. */
    private static final Duration SILENT_AFTER = Duration.ofHours(25);

    private final Supplier<DeviceIdentity> identity;
    private final Journal journal;
    private final List<Source> sources;
    private final ClockWatch clock;
    private final ZoneId zone;
    private final Duration pause;
    private final Reads reads;
    private final Sieve sieve;
    private final Alarms alarms = Alarms.shipped();
    private final TelegramDecoder decoder = new TelegramDecoder();
    private final DeviceStatus status;
    private final Map<Series, Sample> lastKept = new LinkedHashMap<>();
    private final Map<String, Instant> heard = new ConcurrentHashMap<>();

    private ClockCorrection correction = ClockCorrection.getDefaultInstance();

    /**
     * How the node reads, and what it tells of that: when, with which keys, whose contacts it counts, counts and each
     * meter as last found.
     */
    record Reads(Schedule schedule, MeterKeys keys, List<PulseMeter> pulses, Counters counters, Roster roster) {}

    private record Series(String meter, Quantity quantity) {}

    /** What was read and is not kept yet, and the lines that are to be told when it is. */
    private static final class Round {
        private final List<Sample> samples = new ArrayList<>();
        private final List<RawTelegram> undecoded = new ArrayList<>();
        private final List<Source> sources = new ArrayList<>();
        private final List<PulseMeter> pulses = new ArrayList<>();
        private final Set<Received> unfinished = new HashSet<>();

        /** Another line's telegrams, 256 at most, might not fit the block any more. */
        boolean full() {
            return undecoded.size() > SampleBlock.MOST_UNDECODED - 256 || samples.size() > SampleBlock.MOST_SAMPLES / 2;
        }

        boolean empty() {
            return samples.isEmpty() && undecoded.isEmpty();
        }
    }

    MeterNode(
            Supplier<DeviceIdentity> identity,
            Journal journal,
            List<Source> sources,
            ClockWatch clock,
            ZoneId zone,
            Duration pause,
            long flashBudgetBytes,
            Reads reads) {
        this.status = new DeviceStatus(SOFTWARE, identity, journal, clock, flashBudgetBytes);
        this.clock = clock;
        this.identity = identity;
        this.journal = journal;
        this.sources = sources;
        this.zone = zone;
        this.pause = pause;
        this.reads = reads;
        this.sieve = new Sieve(reads.schedule());
    }

    @Override
    public Duration round() {
        return tick() ? Duration.ZERO : pause;
    }

    /**
     * One round over all lines, kept as one block, or as more where it would be too long for one.
     *
     * @return whether any meter has more to tell at once
     * @throws city.hamana.link.JournalException if the journal takes no more; the meters keep what was not kept here
     */
    boolean tick() {
        correction = clock.look();
        boolean more = false;
        Round round = new Round();
        for (PulseMeter meter : reads.pulses()) {
            count(meter, round);
        }
        for (Source source : sources) {
            more |= read(source, round);
            if (round.full()) {
                keep(round);
                round = new Round();
            }
        }
        keep(round);
        return more;
    }

    @Override
    public Status.Builder status() {
        return status.now()
                .putAllCounters(reads.counters().all())
                .addAllEquipment(reads.roster().report());
    }

    /** Each meter that was heard since the start, by its id. */
    @Override
    public List<NodePresence> attached() {
        Instant silent = clock.now().minus(SILENT_AFTER);
        return heard.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(meter -> NodePresence.newBuilder()
                        .setDeviceId(meter.getKey())
                        .setConnected(meter.getValue().isAfter(silent))
                        .setHeardUnixMs(meter.getValue().toEpochMilli())
                        .build())
                .toList();
    }

    /** A meter node has no warning sign. */
    @Override
    public void command(Command command) {
        reads.counters().count("command.unknown");
    }

    @Override
    public void close() {
        sources.forEach(Source::close);
        reads.pulses().forEach(PulseMeter::close);
    }

    private void keep(Round round) {
        boolean clockWasSet = !correction.equals(ClockCorrection.getDefaultInstance());
        if (!round.empty() || clockWasSet || journal.lossesWait()) {
            journal.append(
                    identity.get(),
                    clock.state(),
                    new Content(priority(round.samples), round.samples, round.undecoded, correction));
            clock.said();
            correction = ClockCorrection.getDefaultInstance();
            remember(round.samples);
            sieve.kept(round.samples);
        }
        round.pulses.forEach(PulseMeter::kept);
        round.sources.forEach(source -> source.acknowledge(round.unfinished));
    }

    /** An alarm where a meter warns of something, or shows an error, that it did not before. */
    private Priority priority(List<Sample> samples) {
        boolean alarm = samples.stream().anyMatch(s -> switch (s.quantity()) {
            case METER_ALARMS -> (s.value() & ~lastValue(s)) != 0;
            case METER_STATUS -> (s.flags() & Quality.METER_ERROR) != 0 && lastValue(s) != s.value();
            default -> false;
        });
        return alarm ? Priority.PRIORITY_ALARM : Priority.PRIORITY_READING;
    }

    private long lastValue(Sample sample) {
        Sample last = lastKept.get(new Series(sample.meter(), sample.quantity()));
        return last == null ? 0 : last.value();
    }

    private void count(PulseMeter meter, Round round) {
        meter.poll(clock.now(), clock.synchronised()).ifPresent(sample -> {
            noteHeard(sample.meter(), sample.at());
            round.samples.add(sample);
            round.pulses.add(meter);
        });
    }

    /** Whether one of the line's meters has more to tell. */
    private boolean read(Source source, Round round) {
        List<Received> received = source.poll();
        round.sources.add(source);
        for (Received telegram : received) {
            switch (decoder.decode(telegram.bytes(), key(telegram))) {
                case Telegram decoded -> add(decoded, telegram, source.unasked(), round);
                case Undecodable refused -> {
                    reads.roster().fault(telegram.from(), "telegram." + refused.error());
                    if (!source.unasked() || sieve.firstRefused(telegram.from())) {
                        round.undecoded.add(raw(telegram, refused));
                    }
                }
            }
        }
        return source.waiting() || !round.unfinished.isEmpty();
    }

    private byte[] key(Received telegram) {
        return telegram.key().length > 0 ? telegram.key() : reads.keys().of(telegram.bytes());
    }

    private void add(Telegram decoded, Received telegram, boolean unasked, Round round) {
        reads.counters().count("telegram.decoded");
        List<Sample> samples = Samples.of(decoded, alarms, telegram.at(), clock.synchronised(), zone);
        addFresh(unasked ? sieve.through(samples) : samples, round);
        samples.forEach(sample -> noteHeard(sample.meter(), telegram.at()));
        reads.roster().named(telegram.from(), Samples.meter(decoded), decoded.manufacturer());
        alarms.of(decoded).ifPresent(warned -> reads.roster().warns(telegram.from(), warned));
        if (decoded.moreFollows()) {
            round.unfinished.add(telegram);
        }
    }

    private void addFresh(List<Sample> samples, Round round) {
        for (Sample sample : samples) {
            if (fresh(sample)) {
                round.samples.add(sample);
            }
        }
    }

    private void noteHeard(String meter, Instant at) {
        if (heard.containsKey(meter) || heard.size() < MOST_REMEMBERED) {
            heard.put(meter, at);
        }
    }

    /** A meter with nothing new repeats its last reading; of the meter's own time it is the same reading. */
    private boolean fresh(Sample sample) {
        boolean ownTime = (sample.flags() & Quality.METER_TIME) != 0;
        return !ownTime || !sample.equals(lastKept.get(new Series(sample.meter(), sample.quantity())));
    }

    private void remember(List<Sample> samples) {
        for (Sample sample : samples) {
            Series series = new Series(sample.meter(), sample.quantity());
            if (lastKept.containsKey(series) || lastKept.size() < MOST_REMEMBERED) {
                lastKept.put(series, sample);
            }
        }
    }

    private static RawTelegram raw(Received telegram, Undecodable refused) {
        return RawTelegram.newBuilder()
                .setLine(telegram.line())
                .setReceivedUnixMs(telegram.at().toEpochMilli())
                .setBytes(ByteString.copyFrom(telegram.bytes()))
                .setError(refused.error() + ": " + refused.sentence())
                .build();
    }
}
