package city.hamana.service.roads;

import city.hamana.capability.cases.Attached;
import city.hamana.capability.maps.MapView;
import city.hamana.platform.html.FieldError;
import java.util.List;

/**
 * One step of the form.
 *
 * @param id of the draft; empty on the first step
 * @param step 1 to 5
 * @param near reports that may be the same
 */
public record FormView(
        String id,
        int step,
        Draft draft,
        List<Category> categories,
        List<Category> chosen,
        List<Near> near,
        List<Attached> photos,
        MapView map,
        Around around,
        Phones phones,
        List<FieldError> errors) {
    public static final int STEPS = 5;

    /** A report near the place. */
    public record Near(Report report, double metres) {}

    public String path(String page) {
        return "/roads/new/" + id + "/" + page;
    }

    /** Answers given to a question. */
    public List<String> answers(Category.Question question) {
        return draft.answers().getOrDefault(question.code(), List.of());
    }
}
