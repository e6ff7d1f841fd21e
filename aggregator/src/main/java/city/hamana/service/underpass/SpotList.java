package city.hamana.service.underpass;

import city.hamana.capability.maps.MapView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The list of underpasses.
 *
 * @param map where they are; empty while none is on the map
 * @param now by the city's clock, on which signs change
 * @param real real time, on which signs are heard
 */
public record SpotList(List<Spot> spots, Optional<MapView> map, boolean staff, Instant now, Instant real) {}
