package city.hamana.sensing.vee;

import city.hamana.messages.Quality;
import city.hamana.messages.Sample;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Hourly use from a register that is read at odd minutes. The register at a full hour is interpolated between the two
 * readings around it, where these are at most 90 minutes apart; the use of an hour is the difference of the registers
 * at its ends. Over hours without a gap the uses add up to exactly the register's difference.
 */
final class Hours {
    static final Duration WIDEST_STEP = Duration.ofMinutes(90);

    private static final int MILLILITRES_PER_M3 = 6;
    private static final int UNUSABLE = Quality.CLOCK_UNKNOWN | Quality.METER_ERROR;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final NavigableMap<Long, Register> registers = new TreeMap<>();

    private record Register(long at, long millilitres, boolean estimated) {}

    private Hours(Collection<Sample> samples) {
        for (Sample sample : samples) {
            OptionalLong millilitres = millilitres(sample);
            if ((sample.flags() & UNUSABLE) == 0 && millilitres.isPresent()) {
                boolean estimated = (sample.flags() & Quality.ESTIMATED) != 0;
                long at = sample.at().toEpochMilli();
                registers.put(at, new Register(at, millilitres.getAsLong(), estimated));
            }
        }
    }

    /**
     * The use of each hour.
     *
     * @param samples registers of one meter in m³, in any order, reaching 90 minutes beyond both ends
     * @param from a full hour
     * @param hours how many, 0 or more
     */
    static List<Use> of(Collection<Sample> samples, Instant from, int hours) {
        Hours all = new Hours(samples);
        List<Use> uses = new ArrayList<>(hours);
        for (int i = 0; i < hours; i++) {
            uses.add(all.use(from.toEpochMilli() + i * HOUR_MS));
        }
        return uses;
    }

    private Use use(long start) {
        long end = start + HOUR_MS;
        if (registers.isEmpty() || registers.lastKey() <= start) {
            return new Use.NotYet();
        }
        Long first = registers.floorKey(start);
        Long last = registers.ceilingKey(end);
        if (last == null) {
            // The readings end within the hour: the rest of it may still come.
            return new Use.NotYet();
        }
        if (first == null) {
            return new Use.Missing();
        }
        Collection<Register> steps = registers.subMap(first, true, last, true).values();
        Use unsound = unsound(steps);
        return unsound == null ? known(start, end, steps) : unsound;
    }

    /** Null where every step is short enough and none goes down. */
    private static Use unsound(Collection<Register> steps) {
        Register before = null;
        boolean tooWide = false;
        for (Register register : steps) {
            if (before != null) {
                if (register.millilitres < before.millilitres) {
                    return new Use.Decreased();
                }
                tooWide |= register.at - before.at > WIDEST_STEP.toMillis();
            }
            before = register;
        }
        return tooWide ? new Use.Missing() : null;
    }

    private Use known(long start, long end, Collection<Register> steps) {
        boolean estimated = steps.stream().anyMatch(Register::estimated);
        return new Use.Known(registerAt(end) - registerAt(start), estimated ? Origin.DEVICE : Origin.MEASURED);
    }

    /** Rounded once for both hours that meet there, so that nothing is lost between them. */
    private long registerAt(long instant) {
        Register before = registers.floorEntry(instant).getValue();
        Register after = registers.ceilingEntry(instant).getValue();
        if (before.at == after.at) {
            return before.millilitres;
        }
        BigDecimal share = BigDecimal.valueOf(instant - before.at)
                .multiply(BigDecimal.valueOf(after.millilitres - before.millilitres))
                .divide(BigDecimal.valueOf(after.at - before.at), 0, RoundingMode.HALF_EVEN);
        return before.millilitres + share.longValueExact();
    }

    /** Empty where no meter can have counted that much. */
    private static OptionalLong millilitres(Sample sample) {
        BigDecimal millilitres =
                sample.decimal().scaleByPowerOfTen(MILLILITRES_PER_M3).setScale(0, RoundingMode.HALF_EVEN);
        boolean possible = millilitres.signum() >= 0 && millilitres.precision() <= 18;
        return possible ? OptionalLong.of(millilitres.longValueExact()) : OptionalLong.empty();
    }
}
