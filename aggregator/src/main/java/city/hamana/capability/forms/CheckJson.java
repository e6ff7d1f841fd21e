package city.hamana.capability.forms;

import city.hamana.platform.text.Language;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What a browser has to look at between the questions of a page. */
final class CheckJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CheckJson() {}

    static String of(Form form, FormPage page, Answers answers, Language language) {
        ArrayNode all = MAPPER.createArrayNode();
        for (CrossCheck check : page.checks()) {
            boolean here = check.when()
                    .filter(when -> page.fields().stream().anyMatch(f -> f.id().equals(when.field())))
                    .isPresent();
            if (here || form.holds(check.when(), answers)) {
                put(all.addObject(), check, here ? check.when() : Optional.empty(), form, language);
            }
        }
        return all.toString();
    }

    private static void put(
            ObjectNode node, CrossCheck check, Optional<Field.When> when, Form form, Language language) {
        node.put("kind", check.kind().code());
        node.put(
                "days",
                check.fields().stream()
                        .allMatch(id -> form.field(id)
                                .filter(field -> field.type() == Field.Type.DATE)
                                .isPresent()));
        ArrayNode fields = node.putArray("fields");
        check.fields().forEach(fields::add);
        when.ifPresent(w -> {
            ArrayNode is = node.putObject("when").put("field", w.field()).putArray("is");
            w.is().forEach(is::add);
        });
        node.put("text", check.text().plain(language));
    }
}
