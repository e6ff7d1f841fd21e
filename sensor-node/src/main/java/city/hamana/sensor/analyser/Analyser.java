package city.hamana.sensor.analyser;

import city.hamana.messages.AnalyserCondition;
import city.hamana.messages.Condition;
import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.sensor.device.Hanging;
import city.hamana.sensor.device.LineFault;
import city.hamana.sensor.device.ModbusLine;
import city.hamana.sensor.device.Register;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** An analyser on a Modbus line. Asked by one thread at a time. */
public final class Analyser implements AutoCloseable {
    private static final Duration REPEAT = Duration.ofHours(1);
    /** An analyser's clock further off than this is not believed. */
    private static final Duration MOST_OFF = Duration.ofHours(1);

    /**
     * What one reading gave.
     *
     * @param alarm something is the case that was not before
     */
    public record Found(List<Sample> samples, boolean alarm) {
        static final Found NOTHING = new Found(List.of(), false);
    }

    private final Hanging hanging;
    private final ModbusLine line;
    private final List<Channel> channels;
    private final Duties duties;
    private final Judge judge;
    private final ZoneId zone;
    private Set<AnalyserCondition> told = EnumSet.noneOf(AnalyserCondition.class);
    private Instant toldAt = Instant.MIN;
    private Set<AnalyserCondition> ofValues = EnumSet.noneOf(AnalyserCondition.class);
    private Instant ownBefore = Instant.MIN;

    /**
     * An analyser that was not asked yet.
     *
     * @param frozenAfter so many times the same value in a row are not believed; 0: any number is
     * @param zone whose days the calibration is counted in
     */
    public Analyser(
            Hanging hanging, ModbusLine line, List<Channel> channels, Duties duties, int frozenAfter, ZoneId zone) {
        this.hanging = hanging;
        this.line = line;
        this.channels = channels;
        this.duties = duties;
        this.judge = new Judge(frozenAfter);
        this.zone = zone;
    }

    public Hanging hanging() {
        return hanging;
    }

    /**
     * Asks for everything; a value that cannot be had is left out, and where the analyser is silent all are.
     *
     * @param now of the device
     * @param clock what is to be said of that instant, bits of {@link Quality}
     */
    public Found read(Instant now, int clock) {
        try {
            Set<AnalyserCondition> said = said(now, clock);
            Optional<Instant> own = ownTime(now, clock);
            boolean measured = own.isEmpty() || !own.get().equals(ownBefore);
            List<Sample> samples =
                    measured ? measure(said, own.orElse(now), own.isPresent(), clock) : new ArrayList<>();
            hanging.heard(now.toEpochMilli());
            ownBefore = own.orElse(Instant.MIN);
            said.addAll(ofValues);
            samples.addAll(conditions(said, now, clock));
            return new Found(samples, alarm(said));
        } catch (LineFault e) {
            hanging.failed(e.name(), e.answered(), now.toEpochMilli());
            return Found.NOTHING;
        }
    }

    @Override
    public void close() {
        line.close();
    }

    private Set<AnalyserCondition> said(Instant now, int clock) throws LineFault {
        Set<AnalyserCondition> said = EnumSet.noneOf(AnalyserCondition.class);
        if (duties.status().isPresent()) {
            said.addAll(duties.ofStatus((long) duties.status().get().read(line)));
        }
        said.addAll(duties.ofFlow(read(duties.sampleFlow())));
        if (clock == 0) {
            said.addAll(duties.ofCalendar(now.atZone(zone).toLocalDate()));
        }
        return said;
    }

    /** Values that are no number, or that the analyser refuses to tell, are its fault; silence ends the reading. */
    private Map<Channel, Double> values(Set<AnalyserCondition> refused, Instant now) throws LineFault {
        Map<Channel, Double> values = new LinkedHashMap<>();
        for (Channel channel : channels) {
            try {
                values.put(channel, channel.register().read(line));
            } catch (LineFault e) {
                if (!e.answered()) {
                    throw e;
                }
                hanging.failed(e.name(), true, now.toEpochMilli());
                refused.add(AnalyserCondition.SENSOR_FAULT);
            }
        }
        return values;
    }

    private OptionalDouble read(Optional<Register> register) throws LineFault {
        return register.isPresent() ? OptionalDouble.of(register.get().read(line)) : OptionalDouble.empty();
    }

    private Optional<Instant> ownTime(Instant now, int clock) throws LineFault {
        OptionalDouble seconds = read(duties.ownTime());
        if (seconds.isEmpty() || seconds.getAsDouble() <= 0) {
            return Optional.empty();
        }
        Instant own = Instant.ofEpochSecond((long) seconds.getAsDouble());
        boolean off = clock == 0 && Duration.between(own, now).abs().compareTo(MOST_OFF) > 0;
        if (off) {
            hanging.failed("analyser.clock", true, now.toEpochMilli());
        }
        return off ? Optional.empty() : Optional.of(own);
    }

    private List<Sample> measure(Set<AnalyserCondition> said, Instant at, boolean ownTime, int clock) throws LineFault {
        Set<AnalyserCondition> refused = EnumSet.noneOf(AnalyserCondition.class);
        Map<Channel, Double> values = values(refused, at);
        said.addAll(refused);
        Judge.Found found = judge.judge(values, said);
        ofValues = EnumSet.copyOf(found.ofValues());
        ofValues.addAll(refused);
        return samples(values, found, at, ownTime ? Quality.METER_TIME : clock);
    }

    private List<Sample> samples(Map<Channel, Double> values, Judge.Found found, Instant at, int time) {
        List<Sample> samples = new ArrayList<>();
        values.forEach((channel, value) -> {
            BigDecimal kept = BigDecimal.valueOf(value).setScale(channel.decimals(), RoundingMode.HALF_EVEN);
            if (kept.unscaledValue().bitLength() < Long.SIZE) {
                samples.add(new Sample(
                        hanging.id(),
                        channel.quantity(),
                        at,
                        kept.unscaledValue().longValueExact(),
                        -channel.decimals(),
                        found.flags().get(channel.quantity()) | time));
            }
        });
        return samples;
    }

    private List<Sample> conditions(Set<AnalyserCondition> now, Instant at, int clock) {
        boolean due = !now.equals(told) || toldAt.equals(Instant.MIN) || !at.isBefore(toldAt.plus(REPEAT));
        if (!due) {
            return List.of();
        }
        toldAt = at;
        return List.of(new Sample(hanging.id(), Quantity.ANALYSER_CONDITIONS, at, Condition.bits(now), 0, clock));
    }

    /** To be asked last. */
    private boolean alarm(Set<AnalyserCondition> now) {
        boolean newly = !told.containsAll(now);
        told = now;
        hanging.conditions(now);
        return newly;
    }
}
