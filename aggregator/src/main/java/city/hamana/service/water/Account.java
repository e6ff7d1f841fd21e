package city.hamana.service.water;

import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.readings.SeriesInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One home's water: its meters, one after the other. Their registers are joined where they were exchanged, so that what
 * was used is counted as if there had been one meter all along.
 *
 * @param number id of its first meter
 * @param installations in order of time, at least one; the last is the one that is in
 */
public record Account(String number, List<Installation> installations) {
    private static final int MILLILITRE = 6;

    public Account {
        installations = List.copyOf(installations);
    }

    static Account of(String meter) {
        return new Account(meter, List.of(Installation.first(meter)));
    }

    public Installation current() {
        return installations.getLast();
    }

    /** Whether a meter was ever exchanged. */
    public boolean exchanged() {
        return installations.size() > 1;
    }

    /** The exchanges of a stretch of time: the meters that came. */
    List<Exchange> exchanges(Instant from, Instant to) {
        List<Exchange> all = new ArrayList<>();
        for (int i = 1; i < installations.size(); i++) {
            Installation before = installations.get(i - 1);
            Installation after = installations.get(i);
            if (!after.from().isBefore(from) && after.from().isBefore(to)) {
                all.add(new Exchange(
                        after.from(),
                        before.meter(),
                        before.toMillilitres(),
                        after.meter(),
                        after.fromMillilitres(),
                        after.reason(),
                        after.enteredBy()));
            }
        }
        return all;
    }

    /** The register from {@code from} to before {@code to}, on the scale of the first meter, in order of time. */
    List<Sample> registers(Readings readings, Instant from, Instant to) {
        List<Sample> joined = new ArrayList<>();
        BigDecimal shift = BigDecimal.ZERO;
        for (int i = 0; i < installations.size(); i++) {
            Installation in = installations.get(i);
            if (i > 0) {
                shift = shift.add(m3(installations.get(i - 1).toMillilitres())).subtract(m3(in.fromMillilitres()));
            }
            add(joined, readings, in, shift, from, to);
        }
        return joined;
    }

    private static void add(
            List<Sample> joined, Readings readings, Installation in, BigDecimal shift, Instant from, Instant to) {
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

    /** The days of its readings, of all its meters; empty when none has any. */
    Optional<SeriesInfo> about(Readings readings) {
        List<SeriesInfo> known = installations.stream()
                .flatMap(in -> readings.about(in.meter(), Quantity.VOLUME).stream())
                .toList();
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(new SeriesInfo(
                        known.getLast().meter(),
                        Quantity.VOLUME,
                        known.getFirst().firstDay(),
                        known.getLast().lastDay()));
    }
}
