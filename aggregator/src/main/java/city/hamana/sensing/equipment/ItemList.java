package city.hamana.sensing.equipment;

import java.time.Instant;
import java.util.List;

/**
 * The list page.
 *
 * @param now by the city's clock, on which equipment is heard
 */
public record ItemList(List<Item> all, List<Item> shown, Wish wish, Instant now) {
    public long troubled() {
        return all.stream().filter(Item::troubled).count();
    }
}
