package city.hamana.service.network;

import city.hamana.capability.maps.MapView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The page of all districts.
 *
 * @param map where they are; empty while there is none
 * @param open leaks that are not closed, the oldest first
 * @param closed the newest first
 */
public record AreaList(
        List<Line> lines,
        Optional<MapView> map,
        List<LeakLine> open,
        List<LeakLine> closed,
        Precision precision,
        Instant now) {
    /** A leak and its district. */
    public record LeakLine(NetworkLeak leak, Dma dma) {}

    /**
     * A district.
     *
     * @param number in the list and on the map
     * @param newest the newest hour that is known
     * @param at when that hour began
     * @param expected of that hour, litres
     * @param day the newest day that can be balanced
     * @param leaks how many are open
     * @param state code of what its mark says
     */
    public record Line(
            Dma dma,
            int number,
            Optional<Hour> newest,
            Optional<Instant> at,
            Optional<Double> expected,
            NightFlow night,
            LocalDate nightDay,
            Optional<DayLine> day,
            long leaks,
            String state) {
        /** Mean inflow of the newest hour, m³/h. */
        public Optional<Double> flow() {
            return newest.map(Hour::m3h);
        }
    }
}
