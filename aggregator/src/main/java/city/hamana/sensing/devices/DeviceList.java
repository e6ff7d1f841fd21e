package city.hamana.sensing.devices;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The list page.
 *
 * @param all every device, for the counts
 * @param shown those the filter lets through, each gateway before its nodes
 * @param now real time
 */
public record DeviceList(List<Device> all, List<Device> shown, Filter filter, Instant now) {
    public long count(State state) {
        return all.stream().filter(d -> d.state() == state).count();
    }

    /** The addresses of the live stream and the CSV under the same filter. */
    public String query() {
        return filter.query(filter.state());
    }

    public Optional<State> chosen() {
        return filter.state();
    }
}
