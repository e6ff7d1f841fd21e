package city.hamana.service.procedures;

import city.hamana.capability.cases.CaseFile;
import city.hamana.capability.forms.Field;
import city.hamana.capability.forms.Form;
import java.util.List;

/**
 * What a case of a procedure has besides the case itself.
 *
 * @param proof how the applicant was known: {@code identity}, {@code document}, {@code counter} or {@code sign-in}
 * @param feeYen -1 for none
 * @param rules decision tables that were asked, {@code table@version#row}
 * @param askedFields what the applicant is asked to correct
 * @param outcome {@code grant} or {@code refuse}; empty before a proposal
 * @param document number of the issued document; empty before
 */
public record Filing(
        String caseId,
        String procedure,
        String proof,
        String seenDocument,
        long feeYen,
        String rules,
        boolean eligible,
        List<String> askedFields,
        String outcome,
        String reason,
        long amountYen,
        String document) {
    /** What has just arrived. */
    static Filing of(CaseFile file, String proof, String seenDocument, Sums sums, List<String> asked) {
        return new Filing(
                file.id(),
                file.kind(),
                proof,
                seenDocument,
                sums.feeYen(),
                sums.rules(),
                sums.eligible(),
                asked,
                "",
                "",
                0,
                "");
    }

    /** The questions that the applicant is asked to answer again. */
    List<Field> asked(Form form) {
        return form.fields().stream()
                .filter(field -> askedFields.contains(field.id()))
                .toList();
    }

    public boolean granted() {
        return outcome.equals("grant");
    }
}
