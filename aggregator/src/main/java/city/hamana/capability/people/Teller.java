package city.hamana.capability.people;

import city.hamana.platform.text.Language;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Tells somebody something, by whatever way they are reached. */
@FunctionalInterface
public interface Teller {
    /** Who is told. */
    sealed interface To {
        /** Whoever reads this mail address: a code to sign in with. */
        record Mail(String address, Language language) implements To {
            @Override
            public String toString() {
                return "Mail";
            }
        }

        /** A party, by id. */
        record Party(String id) implements To {}

        /** The staff of a division. */
        record Division(String department) implements To {}
    }

    /**
     * Puts the message in the way of being sent, in the caller's transaction.
     *
     * @param words prefix of the words {@code .subject} and {@code .text}
     * @param values what fills them
     * @param link path on this site where it goes on, or empty
     */
    void tell(Handle tx, To to, String words, List<String> values, String link);
}
