package city.hamana.service.procedures;

import city.hamana.capability.broadcasts.Condition;
import city.hamana.capability.cases.Cases;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Who has an application under way: each division asks for its own procedures. */
final class OpenCases implements Condition {
    private final Cases cases;
    private final Catalogue catalogue;

    OpenCases(Cases cases, Catalogue catalogue) {
        this.cases = cases;
        this.catalogue = catalogue;
    }

    @Override
    public String code() {
        return "procedures.open-case";
    }

    @Override
    public List<Choice> choices(String department) {
        return catalogue.all().stream()
                .filter(procedure -> procedure.department().equals(department))
                .map(procedure -> new Choice(procedure.code(), procedure.title()))
                .toList();
    }

    @Override
    public Set<String> among(Handle tx, String value, List<String> parties) {
        return cases.waiting(tx, value, parties);
    }
}
