package city.hamana.service.roads;

import city.hamana.platform.text.Language;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Sends word of what happened, in the caller's transaction. */
@FunctionalInterface
public interface Letters {
    void send(Handle tx, Letter letter);

    /**
     * One letter.
     *
     * @param words prefix of its words, with {@code .subject} and {@code .text}
     * @param values fill {@code {0}}, {@code {1}} …
     * @param link path on this site
     * @param prompt whether it may not wait for the morning
     * @param once the same key sent twice goes out once
     */
    record Letter(To to, String words, List<String> values, String link, boolean prompt, String once) {
        public Letter {
            values = List.copyOf(values);
        }
    }

    /** To whom. */
    sealed interface To {
        record Mail(String address, Language language) implements To {}

        /** What a division's staff read. */
        record Division(String code) implements To {}
    }
}
