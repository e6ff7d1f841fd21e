package city.hamana.capability.notices;

import java.util.Arrays;
import java.util.List;

/** A way to somebody outside of the inbox, in the order in which they are tried unless a resident says otherwise. */
public enum Channel {
    LINE,
    PUSH,
    MAIL,
    LETTER;

    /** As kept in a table: names parted by commas; unknown ones, of another version, are passed over. */
    static List<Channel> list(String names) {
        return Arrays.stream(names.split(","))
                .flatMap(name ->
                        Arrays.stream(values()).filter(channel -> channel.name().equals(name)))
                .distinct()
                .toList();
    }
}
