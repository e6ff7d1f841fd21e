package city.hamana.sensing.vee;

import city.hamana.messages.Quality;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Puts one known fault into a meter's readings, so that it can be seen whether its rule finds it. */
record Fault(Code code, UnaryOperator<Told> injected) {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long M3 = 1_000;

    /**
     * A meter's readings and the day on which something is to go wrong.
     *
     * @param samples registers in litres, in order of time
     * @param midnight start of the day
     * @param reverse readings of the second register
     * @param conflicts instants with two values
     * @param closed whether the supply is closed from that day on
     */
    record Told(List<Sample> samples, Instant midnight, List<Sample> reverse, List<Instant> conflicts, boolean closed) {
        Told with(List<Sample> changed) {
            return new Told(changed, midnight, reverse, conflicts, closed);
        }

        boolean on(Sample sample, int fromHour, int toHour) {
            return !sample.at().isBefore(midnight.plus(HOUR.multipliedBy(fromHour)))
                    && sample.at().isBefore(midnight.plus(HOUR.multipliedBy(toHour)));
        }

        /** Changes the readings between two hours of the day. */
        Told changed(int fromHour, int toHour, UnaryOperator<Sample> change) {
            return with(samples.stream()
                    .map(sample -> on(sample, fromHour, toHour) ? change.apply(sample) : sample)
                    .toList());
        }

        /** Adds litres that ran through evenly between two hours, to all that follows too. */
        Told used(int fromHour, int toHour, long litres) {
            Instant from = midnight.plus(HOUR.multipliedBy(fromHour));
            long lasts = HOUR.multipliedBy((long) toHour - fromHour).toMillis();
            return with(samples.stream()
                    .map(sample -> {
                        long past = Duration.between(from, sample.at()).toMillis();
                        long share = Math.clamp(past, 0, lasts) * litres / lasts;
                        return register(sample, sample.value() + share);
                    })
                    .toList());
        }

        /** Adds litres between two readings, to all that follows too. */
        Told leapt(int hour, long litres) {
            Instant from = midnight.plus(HOUR.multipliedBy(hour));
            return with(samples.stream()
                    .map(s -> s.at().isBefore(from) ? s : register(s, s.value() + litres))
                    .toList());
        }

        /** Multiplies what ran through between two hours, and a little more at both ends, to the readings around them. */
        Told scaled(int fromHour, int toHour, double factor) {
            List<Sample> all = new ArrayList<>();
            long shift = 0;
            long before = samples.getFirst().value();
            for (Sample sample : samples) {
                if (on(sample, fromHour, toHour + 1)) {
                    shift += Math.round((sample.value() - before) * (factor - 1));
                }
                before = sample.value();
                all.add(register(sample, sample.value() + shift));
            }
            return with(all);
        }
    }

    /** One for each rule that can be wrong on real readings. */
    static List<Fault> all() {
        return List.of(
                new Fault(Code.CLOCK_UNSYNCHRONISED, r -> r.changed(9, 12, s -> flagged(s, Quality.CLOCK_UNKNOWN))),
                new Fault(Code.CLOCK_FORWARD, r -> clock(r, 20)),
                new Fault(Code.CLOCK_BACK, r -> clock(r, -20)),
                new Fault(Code.METER_ERROR, r -> r.changed(9, 12, s -> flagged(s, Quality.METER_ERROR))),
                new Fault(Code.NEGATIVE, r -> r.changed(10, 11, s -> register(s, -5))),
                new Fault(
                        Code.CONFLICT,
                        r -> new Told(
                                r.samples,
                                r.midnight,
                                r.reverse,
                                r.samples.stream()
                                        .filter(s -> r.on(s, 10, 11))
                                        .map(Sample::at)
                                        .toList(),
                                false)),
                new Fault(Code.DUPLICATE, Fault::doubled),
                new Fault(Code.ROUNDED, r -> r.changed(10, 11, Fault::rounded)),
                new Fault(Code.DECREASE, r -> r.changed(10, 11, s -> register(s, s.value() - 3 * M3))),
                new Fault(Code.DEMAND, r -> r.leapt(10, 60 * M3)),
                new Fault(Code.GAP, r -> without(r, 8, 13)),
                new Fault(Code.GAP_TOO_LONG, r -> without(r, -54 * 24, 24)),
                new Fault(Code.FROZEN, Fault::frozen),
                new Fault(Code.ZERO_LONG, r -> r.scaled(-8 * 24, 24, 0)),
                new Fault(Code.SPIKE, r -> r.leapt(10, 2_800)),
                new Fault(Code.TOLERANCE, r -> r.leapt(10, 2_000)),
                new Fault(Code.CONSECUTIVE, r -> r.used(9, 15, 6 * 700)),
                new Fault(Code.HIGH, r -> r.used(0, 24, 6 * M3)),
                new Fault(Code.LOW, r -> r.scaled(0, 24, 0.02)),
                new Fault(Code.HISTORY_MAXIMUM, r -> r.leapt(10, 1_800)),
                new Fault(Code.PATTERN, r -> r.used(0, 24, 24 * 150)),
                new Fault(Code.MULTIPLIER, r -> r.scaled(0, 24, 10)),
                new Fault(Code.REVERSE, r -> reverse(r, 50, true)),
                new Fault(Code.SIBLING, r -> reverse(r, 0, false)),
                new Fault(Code.INACTIVE, r -> new Told(r.samples, r.midnight, List.of(), List.of(), true)));
    }

    private static Sample register(Sample sample, long litres) {
        return new Sample(sample.meter(), Quantity.VOLUME, sample.at(), litres, sample.exponent(), sample.flags());
    }

    private static Sample flagged(Sample s, int flag) {
        return new Sample(s.meter(), s.quantity(), s.at(), s.value(), s.exponent(), s.flags() | flag);
    }

    private static Sample at(Sample s, Instant at) {
        return new Sample(s.meter(), s.quantity(), at, s.value(), s.exponent(), s.flags() | Quality.METER_TIME);
    }

    /** One digit is left of the register, as in {@code 2e+05}. */
    private static Sample rounded(Sample s) {
        int digits = Long.toString(s.value()).length() - 1;
        long first = Math.round(s.value() / Math.pow(10, digits));
        return new Sample(s.meter(), s.quantity(), s.at(), first, s.exponent() + digits, s.flags());
    }

    private static Told clock(Told r, int minutes) {
        List<Sample> all = new ArrayList<>();
        for (Sample s : r.samples) {
            boolean moved = r.on(s, 12, 24);
            all.add(r.on(s, 0, 24) ? at(s, moved ? s.at().plus(Duration.ofMinutes(minutes)) : s.at()) : s);
        }
        return r.with(all);
    }

    private static Told doubled(Told r) {
        List<Sample> all = new ArrayList<>();
        for (Sample s : r.samples) {
            all.add(s);
            if (r.on(s, 10, 11)) {
                all.add(new Sample(
                        s.meter(), s.quantity(), s.at().plusSeconds(20), s.value(), s.exponent(), s.flags()));
            }
        }
        return r.with(all);
    }

    private static Told without(Told r, int fromHour, int toHour) {
        return r.with(r.samples.stream().filter(s -> !r.on(s, fromHour, toHour)).toList());
    }

    /** Ten litres between two readings of three days, whatever was used. */
    private static Told frozen(Told r) {
        List<Sample> all = new ArrayList<>();
        long shift = 0;
        long held = r.samples.getFirst().value();
        for (Sample s : r.samples) {
            if (r.on(s, -49, 26)) {
                shift = held + 10 - s.value();
            }
            held = s.value() + shift;
            all.add(register(s, held));
        }
        return r.with(all);
    }

    /** A second register that comes every hour, and counts litres, or stays away, on the day. */
    private static Told reverse(Told r, long litres, boolean comes) {
        List<Sample> second = new ArrayList<>();
        for (Sample s : r.samples) {
            boolean around = r.on(s, -48, 48);
            boolean day = r.on(s, 0, 24);
            if (around && (comes || !day)) {
                long value = s.at().isBefore(r.midnight.plus(HOUR.multipliedBy(12))) ? 0 : litres;
                second.add(new Sample(s.meter(), Quantity.REVERSE_VOLUME, s.at(), value, -3, 0));
            }
        }
        return new Told(r.samples, r.midnight, second, List.of(), false);
    }
}
