package city.hamana.service.procedures;

import city.hamana.capability.cases.Attached;
import city.hamana.capability.forms.Answers;
import city.hamana.capability.forms.Field;
import city.hamana.capability.forms.FormPage;
import city.hamana.platform.html.FieldError;
import java.util.List;
import java.util.Map;

/**
 * One page of a form being filled in.
 *
 * @param base address of the draft: {@code /forms/ID}
 * @param back where one comes from
 * @param prove where one proves one's identity instead of showing a document; empty where that does not help
 * @param toConfirm whether the way leads back to the last look
 * @param number of the page, from 1
 * @param checks what the browser looks at, JSON
 */
public record FillView(
        Procedure procedure,
        FormPage part,
        Answers answers,
        List<FieldError> errors,
        Map<String, String> towns,
        List<Attached> files,
        String base,
        String back,
        String prove,
        boolean toConfirm,
        int number,
        int pages,
        String checks) {
    public List<Attached> files(Field field) {
        return files.stream().filter(file -> file.field().equals(field.id())).toList();
    }

    public boolean hasFiles() {
        return part.fields().stream().anyMatch(field -> field.type() == Field.Type.FILE);
    }
}
