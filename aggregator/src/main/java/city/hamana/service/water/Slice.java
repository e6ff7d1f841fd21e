package city.hamana.service.water;

import city.hamana.sensing.vee.Use;
import java.time.Instant;
import java.util.List;

/**
 * One bar: an hour of a day, or a day of a week or month.
 *
 * @param start instant it begins
 * @param uses the hours it holds, one or more
 */
public record Slice(Instant start, List<Use> uses) {
    /** What is known to have been used; 0 also where nothing is known. */
    public long millilitres() {
        return Total.of(uses).millilitres();
    }

    /** Hours of which nothing is known, though they are past. */
    public int missing() {
        return Total.of(uses).missing();
    }

    public int decreased() {
        return Total.of(uses).decreased();
    }

    public boolean anyKnown() {
        return Total.of(uses).known() > 0;
    }

    public boolean estimated() {
        return Total.of(uses).estimated();
    }

    /** Whether nothing has come yet for any of it. */
    public boolean notYet() {
        return uses.stream().allMatch(Use.NotYet.class::isInstance);
    }
}
