package city.hamana.service.procedures;

import city.hamana.platform.http.Call;
import city.hamana.platform.http.Reply;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A few questions instead of a list: what happened, and which procedures that leads to. Nothing of it is kept. */
final class FinderPages {
    private final Desk desk;

    FinderPages(Desk desk) {
        this.desk = desk;
    }

    Reply find(Call call) {
        Set<String> chosen = new LinkedHashSet<>(call.request().query().all("is", List::of));
        chosen.retainAll(ProcedureFile.LEADS);
        List<Procedure> found = desk.catalogue().all().stream()
                .filter(procedure -> procedure.leads().stream().anyMatch(chosen::contains))
                .toList();
        FinderView view = new FinderView(
                ProcedureFile.LEADS, chosen, found, call.query("asked").isPresent());
        return desk.page("find", call.page(), view);
    }
}
