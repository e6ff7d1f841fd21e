package city.hamana.capability.people;

import java.util.List;
import java.util.Optional;

/**
 * Two entries side by side.
 *
 * @param merge that was proposed or made of them, empty before
 * @param sides both; of a merge the one that goes comes first
 * @param own whether the reader proposed it, and somebody else decides
 */
public record MergePage(Optional<Merge> merge, List<Side> sides, Typed form, boolean own) {
    /** One of the two. */
    public record Side(Party party, boolean signsIn, int mandates) {}

    public boolean is(Merge.State state) {
        return merge.map(found -> found.state() == state).orElse(false);
    }
}
