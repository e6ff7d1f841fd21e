package city.hamana.service.procedures;

import city.hamana.capability.cases.Attached;
import city.hamana.capability.forms.Forms;
import city.hamana.platform.html.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last look before a form is sent.
 *
 * @param unfinished pages with something missing, their errors
 * @param sums what the rules say; empty while something is missing
 * @param departments names by code
 */
public record ConfirmView(
        Procedure procedure,
        List<Forms.Line> lines,
        List<Attached> files,
        Map<String, List<FieldError>> unfinished,
        Optional<Sums> sums,
        List<Procedure.Guide> guide,
        Map<String, String> departments,
        String applicant,
        String base) {}
