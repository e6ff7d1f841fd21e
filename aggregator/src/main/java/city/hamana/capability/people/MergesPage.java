package city.hamana.capability.people;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Entries that may be one person's.
 *
 * @param likely nobody has decided about them
 * @param open those that wait for a second person, or can be undone
 * @param said word of what was just done, empty otherwise
 */
public record MergesPage(List<Row> likely, List<Row> open, String said) {
    /**
     * Two entries.
     *
     * @param facts that agree: {@code name-born}
     */
    public record Row(Optional<Merge> merge, Party one, Party other, Set<String> facts) {
        public boolean waits() {
            return merge.map(found -> found.state() == Merge.State.ASKED).orElse(false);
        }
    }
}
