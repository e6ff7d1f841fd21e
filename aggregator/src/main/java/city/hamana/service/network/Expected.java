package city.hamana.service.network;

import city.hamana.sensing.demand.Demand;
import city.hamana.sensing.demand.Weather;
import city.hamana.sensing.demand.WeekAhead;
import city.hamana.sensing.inflow.OffDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be expected of a district's day, from nothing but the hours before it. */
final class Expected {
    /** So far back a forecast looks. */
    static final int HISTORY_DAYS = 200;

    private static final int LEAST_DAYS = 14;

    private final OffDays offDays;
    private final ZoneId zone;

    Expected(OffDays offDays, ZoneId zone) {
        this.offDays = offDays;
        this.zone = zone;
    }

    /**
     * Litres hour by hour; NaN where nothing is known. Empty with less than 14 days before.
     *
     * @param hours in order, all of them before the day
     */
    Optional<double[]> of(LocalDate day, List<Hour> hours) {
        Map<LocalDateTime, double[]> demand = new LinkedHashMap<>();
        for (Hour hour : hours) {
            demand.put(
                    Instant.ofEpochMilli(hour.hour() * Hour.MS).atZone(zone).toLocalDateTime(),
                    new double[] {(double) hour.litres()});
        }
        boolean enough = demand.keySet().stream()
                .findFirst()
                .filter(first -> !first.toLocalDate().isAfter(day.minusDays(LEAST_DAYS)))
                .isPresent();
        if (!enough) {
            return Optional.empty();
        }
        Demand all = new Demand(List.of("dma"), demand, Map.of());
        return Optional.of(new WeekAhead(all, offDays, Weather.unknown()).forecast(0, day, 1)[0]);
    }
}
