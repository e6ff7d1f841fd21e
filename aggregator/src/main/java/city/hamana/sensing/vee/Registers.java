package city.hamana.sensing.vee;

import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.sensing.readings.Readings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The registers of meters that followed each other in one place, joined as if there had been one meter all along. */
final class Registers {
    private static final int MILLILITRE = 6;

    private final Readings readings;

    Registers(Readings readings) {
        this.readings = readings;
    }

    /** From {@code from} to before {@code to}, on the scale of the first meter, in order of time. */
    List<Sample> joined(List<Stretch> stretches, Instant from, Instant to) {
        List<Sample> joined = new ArrayList<>();
        BigDecimal shift = BigDecimal.ZERO;
        for (int i = 0; i < stretches.size(); i++) {
            Stretch in = stretches.get(i);
            if (i > 0) {
                shift = shift.add(m3(stretches.get(i - 1).toMillilitres())).subtract(m3(in.fromMillilitres()));
            }
            add(joined, in, shift, from, to);
        }
        return joined;
    }

    private void add(List<Sample> joined, Stretch in, BigDecimal shift, Instant from, Instant to) {
        Instant begin = in.from().isAfter(from) ? in.from() : from;
        Instant end = in.to().filter(t -> t.isBefore(to)).orElse(to);
        if (begin.isBefore(end)) {
            readings.series(in.meter(), Quantity.VOLUME, begin, end).forEach(s -> joined.add(shifted(s, shift)));
        }
        in.to().filter(at -> !at.isBefore(from) && at.isBefore(to)).ifPresent(at -> {
            Sample seen = new Sample(in.meter(), Quantity.VOLUME, at, in.toMillilitres(), -MILLILITRE, 0);
            joined.add(shifted(seen, shift));
        });
    }

    private static Sample shifted(Sample sample, BigDecimal shift) {
        if (shift.signum() == 0) {
            return sample;
        }
        BigDecimal value = sample.decimal().add(shift);
        return new Sample(
                sample.meter(),
                sample.quantity(),
                sample.at(),
                value.unscaledValue().longValueExact(),
                -value.scale(),
                sample.flags());
    }

    private static BigDecimal m3(long millilitres) {
        return BigDecimal.valueOf(millilitres, MILLILITRE);
    }
}
