package city.hamana.service.water;

import city.hamana.messages.Quantity;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.readings.SeriesInfo;
import city.hamana.sensing.vee.Stretch;
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

    /** As what counts is asked for. */
    List<Stretch> stretches() {
        return installations.stream()
                .map(in -> new Stretch(in.meter(), in.from(), in.fromMillilitres(), in.to(), in.toMillilitres()))
                .toList();
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
