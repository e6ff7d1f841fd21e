package city.hamana.service.roads;

import city.hamana.capability.cases.Act;
import city.hamana.capability.cases.Attached;
import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.maps.MapView;
import city.hamana.capability.people.Department;
import city.hamana.platform.html.FieldError;
import java.util.List;
import java.util.Set;

/**
 * A report for staff.
 *
 * @param acts what the reader may do with its case now
 * @param mine whether the reader is who works on it
 * @param told what the owner of the road was told, the newest first
 * @param followers how many are told of each step
 */
public record StaffView(
        Report report,
        CaseFile file,
        Category category,
        List<Category> categories,
        List<String> owners,
        List<Department> departments,
        List<Step> steps,
        List<Attached> photos,
        List<FormView.Near> near,
        Set<Act> acts,
        boolean mine,
        int followers,
        List<Told> told,
        MapView map,
        Around around,
        List<FieldError> errors) {
    public List<String> templates() {
        return StaffPages.TEMPLATES;
    }

    public List<String> reasons() {
        return StaffPages.REASONS;
    }

    public String path(String act) {
        return "/staff/roads/" + report.id() + "/" + act;
    }

    /** Whether the reader's division has it and something is left to do. */
    public boolean workable() {
        return acts.contains(Act.CLOSE);
    }

    /** Of those, the ones for a field of the form or the work. */
    public List<Attached> photos(String field) {
        return photos.stream().filter(photo -> photo.field().equals(field)).toList();
    }
}
