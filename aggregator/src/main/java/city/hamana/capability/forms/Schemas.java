package city.hamana.capability.forms;

import city.hamana.platform.text.Language;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** JSON Schema 2020-12 of a form's answers. */
final class Schemas {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Schemas() {}

    static ObjectNode of(Form form, Language language, Set<String> towns) {
        ObjectNode schema = MAPPER.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        ArrayNode conditions = MAPPER.createArrayNode();
        for (FormPage page : form.pages()) {
            for (Field field : page.fields()) {
                ObjectNode property = properties.putObject(field.id());
                property.put("title", field.label().plain(language));
                field.help().ifPresent(help -> property.put("description", help.plain(language)));
                describe(property, field, language, towns);
                condition(page, field, required, conditions, form);
            }
        }
        if (!conditions.isEmpty()) {
            schema.set("allOf", conditions);
        }
        return schema;
    }

    private static void describe(ObjectNode property, Field field, Language language, Set<String> towns) {
        switch (field.type()) {
            case TEXT, LONG_TEXT ->
                property.put("type", "string").put("minLength", 1).put("maxLength", field.longest());
            case NAME -> property.put("type", "string").put("minLength", 1).put("maxLength", 800);
            case NUMBER, YEN ->
                property.put("type", "integer").put("minimum", field.least()).put("maximum", field.most());
            case DATE -> property.put("type", "string").put("format", "date");
            case YES_NO -> property.put("type", "boolean");
            case ONE_OF -> options(property.put("type", "string"), field, language);
            case SEVERAL -> {
                property.put("type", "array").put("minItems", 1).put("uniqueItems", true);
                options(property.putObject("items"), field, language);
            }
            case PHONE -> property.put("type", "string").put("pattern", "^\\+?[0-9][0-9() -]{8,19}$");
            case MAIL -> property.put("type", "string").put("format", "email");
            case FILE -> {
                property.put("type", "array").put("maxItems", field.most());
                property.putObject("items").put("type", "string").put("pattern", "^[A-Za-z0-9_-]{22}$");
            }
            case ADDRESS -> address(property, towns);
        }
    }

    private static void options(ObjectNode into, Field field, Language language) {
        ArrayNode choices = into.putArray("oneOf");
        field.options()
                .forEach(option -> choices.addObject()
                        .put("const", option.code())
                        .put("title", option.label().plain(language)));
    }

    private static void address(ObjectNode property, Set<String> towns) {
        property.put("type", "object").put("additionalProperties", false);
        property.putArray("required").add("town").add("rest");
        ObjectNode parts = property.putObject("properties");
        ArrayNode ids = parts.putObject("town").putArray("enum");
        new TreeSet<>(towns).forEach(ids::add);
        ids.add(Answers.OUTSIDE);
        parts.putObject("rest").put("type", "string").put("minLength", 1).put("maxLength", 200);
    }

    /** What must be there always, what must be there in some cases, and what must not be there otherwise. */
    private static void condition(FormPage page, Field field, ArrayNode required, ArrayNode conditions, Form form) {
        if (page.when().isEmpty() && field.when().isEmpty()) {
            if (field.must()) {
                required.add(field.id());
            }
            return;
        }
        ObjectNode rule = conditions.addObject();
        ArrayNode all = rule.putObject("if").putArray("allOf");
        page.when().ifPresent(when -> all.add(holds(when, form)));
        field.when().ifPresent(when -> all.add(holds(when, form)));
        if (field.must()) {
            rule.putObject("then").putArray("required").add(field.id());
        }
        rule.putObject("else").putObject("properties").put(field.id(), false);
    }

    private static ObjectNode holds(Field.When when, Form form) {
        ObjectNode test = MAPPER.createObjectNode();
        test.putArray("required").add(when.field());
        ObjectNode value = test.putObject("properties").putObject(when.field());
        Optional<Field> asked = form.field(when.field());
        ArrayNode values;
        if (asked.filter(f -> f.type() == Field.Type.SEVERAL).isPresent()) {
            values = value.putObject("contains").putArray("enum");
        } else {
            values = value.putArray("enum");
        }
        boolean yesNo = asked.filter(f -> f.type() == Field.Type.YES_NO).isPresent();
        when.is().forEach(answer -> {
            if (yesNo) {
                values.add(answer.equals("yes"));
            } else {
                values.add(answer);
            }
        });
        return test;
    }
}
