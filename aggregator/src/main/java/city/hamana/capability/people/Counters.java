package city.hamana.capability.people;

import city.hamana.platform.http.Caller;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which divisions' counters may do what with parties; data, for the city may share its work out otherwise. */
final class Counters {
    /** Joining two entries of one person. */
    static final String MERGE = "merge";

    private final Map<String, Set<String>> rights = new TreeMap<>();

    Counters() {
        Lists.own("counters.csv", row -> List.of(row.get("department"), row.get("may")))
                .forEach(row -> rights.put(row.getFirst(), Set.of(row.getLast().split("\\|"))));
    }

    boolean may(Caller.Person staff, String what) {
        return staff.post()
                .map(post -> rights.getOrDefault(post.department(), Set.of()).contains(what))
                .orElse(false);
    }

    /** The kinds of mandate that this member of staff enters and ends. */
    List<Mandate.Kind> kinds(Caller.Person staff) {
        return Arrays.stream(Mandate.Kind.values())
                .filter(kind -> may(staff, kind.code()))
                .collect(Collectors.toUnmodifiableList());
    }
}
