package city.hamana.service.procedures;

import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A few questions instead of a list: what happened, and which procedures that leads to. Nothing of it is kept. */
final class FinderPages {
    /** Which answer leads to which procedures; the words stand at {@code procedures.find.ANSWER}. */
    private static final Map<String, List<String>> LEADS = new LinkedHashMap<>();

    static {
        LEADS.put("moved", List.of("water-start-stop", "residence-copy"));
        LEADS.put("died", List.of("bereavement-desk", "water-start-stop"));
        LEADS.put("damaged", List.of("disaster-certificate"));
        LEADS.put("business", List.of("dx-grant"));
        LEADS.put("prove", List.of("residence-copy"));
    }

    private final Desk desk;

    FinderPages(Desk desk) {
        this.desk = desk;
    }

    Reply find(Call call) {
        Set<String> chosen = new LinkedHashSet<>(call.request().query().all("is", List::of));
        chosen.retainAll(LEADS.keySet());
        List<Procedure> found = chosen.stream()
                .flatMap(answer -> LEADS.get(answer).stream())
                .distinct()
                .flatMap(code -> desk.catalogue().find(code).stream())
                .toList();
        FinderView view = new FinderView(
                List.copyOf(LEADS.keySet()), chosen, found, call.query("asked").isPresent());
        return desk.page("find", call.page(), view);
    }
}
