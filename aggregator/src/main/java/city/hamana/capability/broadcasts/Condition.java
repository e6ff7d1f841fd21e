package city.hamana.capability.broadcasts;

import city.hamana.platform.text.Texts;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Something that another module knows of parties, and by which broadcasts may choose them: it says of whom it is true, and
 * neither why nor anything else.
 */
public interface Condition {
    /** {@code module.what}, as it stands in segments; the word {@code module.condition.what} says it of a choice {0}. */
    String code();

    /** What this division may ask for: not what others do. At most 200. */
    List<Choice> choices(String department);

    /**
     * Of whom it is true now.
     *
     * @param parties ids, at most 1,000
     */
    Set<String> among(Handle tx, String value, List<String> parties);

    /**
     * One that can be chosen.
     *
     * @param value small letters, digits and dashes, at most 60
     */
    record Choice(String value, Texts name) {}
}
