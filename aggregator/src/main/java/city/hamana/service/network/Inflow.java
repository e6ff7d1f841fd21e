package city.hamana.service.network;

import city.hamana.messages.Quantity;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.readings.SeriesInfo;
import city.hamana.sensing.vee.Use;
import city.hamana.sensing.vee.Vee;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Net inflow of a district: what its inlets' registers gained, those that lead out of it with a minus. An hour counts only if
 * every inlet tells it: a gap or a register that fell makes it an hour without a figure.
 */
final class Inflow {
    private static final int MILLILITRES = 1_000;
    private static final int NIGHT_BEGINS = 2;
    private static final Duration WINDOW = Duration.ofHours(2);
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final Vee vee;
    private final Readings readings;

    /**
     * Hours that were looked at.
     *
     * @param known those with a figure
     * @param to from this one on the registers have not come yet
     */
    record Looked(List<Hour> known, long to) {}

    Inflow(Vee vee, Readings readings) {
        this.vee = vee;
        this.readings = readings;
    }

    /** The hours from {@code from} to before {@code to}. */
    Looked hours(List<Inlet> inlets, long from, long to) {
        Instant begin = Instant.ofEpochMilli(from * Hour.MS);
        List<List<Use>> uses = inlets.stream()
                .map(inlet -> vee.registered(inlet.meter(), begin, (int) (to - from)))
                .toList();
        List<Hour> known = new ArrayList<>();
        for (int i = 0; i < to - from; i++) {
            int hour = i;
            if (uses.stream().anyMatch(one -> one.get(hour) instanceof Use.NotYet)) {
                return new Looked(known, from + i);
            }
            OptionalLong litres = sum(inlets, uses, i);
            if (litres.isPresent()) {
                known.add(new Hour(from + i, litres.getAsLong(), false));
            }
        }
        return new Looked(known, to);
    }

    /** Litres, rounded once; empty where one inlet does not tell. */
    private static OptionalLong sum(List<Inlet> inlets, List<List<Use>> uses, int hour) {
        long millilitres = 0;
        for (int i = 0; i < inlets.size(); i++) {
            if (!(uses.get(i).get(hour) instanceof Use.Known known)) {
                return OptionalLong.empty();
            }
            millilitres += inlets.get(i).direction() * known.millilitres();
        }
        return OptionalLong.of(Math.round((double) millilitres / MILLILITRES));
    }

    /** Litres of the least hour between two and four in the morning, an hour beginning at each quarter. Empty where a quarter is missing. */
    OptionalLong night(List<Inlet> inlets, LocalDate day, ZoneId zone) {
        Instant first = day.atTime(NIGHT_BEGINS, 0).atZone(zone).toInstant();
        Instant last = first.plus(WINDOW).minus(Duration.ofHours(1));
        long least = Long.MAX_VALUE;
        for (Instant at = first; !at.isAfter(last); at = at.plus(QUARTER)) {
            Instant begin = at;
            List<List<Use>> uses = inlets.stream()
                    .map(inlet -> vee.registered(inlet.meter(), begin, 1))
                    .toList();
            OptionalLong litres = sum(inlets, uses, 0);
            if (litres.isEmpty()) {
                return OptionalLong.empty();
            }
            least = Math.min(least, litres.getAsLong());
        }
        return OptionalLong.of(least);
    }

    /** The first hour of which all inlets may tell; empty while one of them has told nothing. */
    Optional<Long> firstHour(List<Inlet> inlets) {
        List<Optional<LocalDate>> days = inlets.stream()
                .map(inlet -> readings.about(inlet.meter(), Quantity.VOLUME).map(SeriesInfo::firstDay))
                .toList();
        if (days.isEmpty() || days.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return days.stream()
                .map(Optional::orElseThrow)
                .max(LocalDate::compareTo)
                .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() / Hour.MS);
    }
}
