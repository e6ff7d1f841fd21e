package city.hamana.sensing.vee;

import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
import city.hamana.sensing.readings.Readings;
import city.hamana.sensing.readings.SeriesInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What counts of every meter's use, hour by hour: validated, estimated where it is missing, edited where it is wrong. */
public final class Vee implements ServiceModule {
    private static final int MOST_METERS = 100_000;

    private final Readings readings;
    private final Registers registers;
    private final ZoneId zone;

    /** @param zone in which the city's days are cut */
    public Vee(Readings readings, ZoneId zone) {
        this.readings = readings;
        this.registers = new Registers(readings);
        this.zone = zone;
    }

    @Override
    public String name() {
        return "vee";
    }

    @Override
    public void routes(Routes routes) {}

    /**
     * The use of each hour of a meter.
     *
     * @param from a full hour
     * @param hours how many, 0 or more
     */
    public List<Use> hours(String meter, Instant from, int hours) {
        return hours(List.of(Stretch.whole(meter)), from, hours);
    }

    /**
     * The use of each hour in one place, whichever meter was in.
     *
     * @param stretches the meters in order of time, at least one
     * @param from a full hour
     * @param hours how many, 0 or more
     */
    public List<Use> hours(List<Stretch> stretches, Instant from, int hours) {
        Duration beyond = Hours.WIDEST_STEP;
        Instant end = from.plus(Duration.ofHours(hours));
        List<Sample> samples =
                registers.joined(stretches, from.minus(beyond), end.plus(beyond).plusMillis(1));
        return markedByWhatCameLater(stretches.getLast().meter(), Hours.of(samples, from, hours), from);
    }

    /**
     * All meters' hours from the start of {@code first} to the end of {@code last}, days of the city, one meter after the
     * other in the order of their names; the first 100,000 meters.
     */
    public void each(LocalDate first, LocalDate last, MeterHours reader) {
        Instant from = first.atStartOfDay(zone).toInstant();
        Instant to = last.plusDays(1).atStartOfDay(zone).toInstant();
        int hours = (int) Duration.between(from, to).toHours();
        for (SeriesInfo series : readings.having(Set.of(Quantity.VOLUME), MOST_METERS)) {
            reader.read(series.meter(), from, hours(series.meter(), from, hours));
        }
    }

    /** Where there are later readings, what has not come by now is a gap. */
    private List<Use> markedByWhatCameLater(String meter, List<Use> uses, Instant from) {
        if (uses.stream().noneMatch(Use.NotYet.class::isInstance)) {
            return uses;
        }
        Optional<Instant> newest = readings.newest(meter, Quantity.VOLUME).map(Sample::at);
        List<Use> marked = new ArrayList<>(uses);
        for (int i = 0; i < marked.size(); i++) {
            Instant end = from.plus(Duration.ofHours(i + 1L));
            if (marked.get(i) instanceof Use.NotYet
                    && newest.filter(end::isBefore).isPresent()) {
                marked.set(i, new Use.Missing());
            }
        }
        return marked;
    }
}
