package city.hamana.gateway.wifi;

import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The samples of a round, all of one instant. */
final class SampleList {
    private final Instant at;
    private final int flags;
    private final Totals totals;
    private final List<Sample> samples = new ArrayList<>();

    /** An empty list. {@code flags}: bits of {@link city.hamana.messages.Quality} for all of them. */
    SampleList(Instant at, int flags, Totals totals) {
        this.at = at;
        this.flags = flags;
        this.totals = totals;
    }

    /** What a device said; nothing: it is down, and of its parts nobody knows. */
    void add(String device, Optional<Snapshot> said) {
        add(device, Quantity.UP, said.isPresent() ? 1 : 0);
        said.ifPresent(snapshot -> {
            addWhatIsTold(snapshot.device());
            snapshot.parts().forEach(this::addPart);
        });
    }

    List<Sample> all() {
        return samples;
    }

    private void addPart(Part part) {
        if (part.kind() == PartKind.AP) {
            add(part.id(), Quantity.UP, part.up() ? 1 : 0);
        }
        addWhatIsTold(part);
    }

    private void addWhatIsTold(Part part) {
        part.clients().ifPresent(value -> add(part.id(), Quantity.CLIENTS, value));
        totals.in(part.id()).ifPresent(value -> add(part.id(), Quantity.OCTETS_IN, value));
        totals.out(part.id()).ifPresent(value -> add(part.id(), Quantity.OCTETS_OUT, value));
        part.uptimeS().ifPresent(value -> add(part.id(), Quantity.UPTIME, value));
    }

    private void add(String id, Quantity quantity, long value) {
        samples.add(new Sample(id, quantity, at, value, 0, flags));
    }
}
