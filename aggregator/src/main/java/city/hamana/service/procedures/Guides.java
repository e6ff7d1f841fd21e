package city.hamana.service.procedures;

import city.hamana.capability.forms.Answers;
import java.util.List;

/** What else somebody has to see to, after their answers. */
final class Guides {
    private Guides() {}

    static List<Procedure.Guide> of(Procedure procedure, Answers answers) {
        return procedure.guide().stream()
                .filter(guide -> answers.all(guide.when().field()).stream()
                        .anyMatch(guide.when().is()::contains))
                .toList();
    }
}
