package city.hamana.sensing.vee;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Hours that a person of the waterworks set, with a reason. They count once a second person has confirmed them.
 *
 * @param from start of the first hour
 * @param millilitres of each hour, one after the other
 * @param by who proposed it, as the event log names an actor
 * @param decidedBy who confirmed, refused or took it back; empty while nobody has
 */
public record Edit(
        long id,
        String meter,
        Instant from,
        List<Long> millilitres,
        String reason,
        State state,
        String by,
        Instant at,
        String decidedBy) {
    /** Where it stands. */
    public enum State {
        PROPOSED,
        EFFECTIVE,
        REFUSED,
        UNDONE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofCode(String code) {
            return Arrays.stream(values())
                    .filter(s -> s.code().equals(code))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("an edit's state is " + code));
        }
    }

    public Edit {
        millilitres = List.copyOf(millilitres);
    }
}
