package city.hamana.capability.forms;

import city.hamana.platform.text.Language;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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
        List<Asked> all = form.pages().stream()
                .flatMap(page -> page.fields().stream().map(field -> new Asked(field, page.when())))
                .toList();
        ArrayNode conditions = object(schema, all, language, towns);
        form.pages().forEach(page -> page.checks().forEach(check -> crossCheck(check, all, conditions)));
        if (!conditions.isEmpty()) {
            schema.set("allOf", conditions);
        }
        return schema;
    }

    /**
     * A question and the condition of its page.
     *
     * @param page empty where there is none
     */
    private record Asked(Field field, Optional<Field.When> page) {}

    /** What an object has; gives what has to hold between its parts. */
    private static ArrayNode object(ObjectNode schema, List<Asked> all, Language language, Set<String> towns) {
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        ArrayNode conditions = MAPPER.createArrayNode();
        for (Asked asked : all) {
            Field field = asked.field();
            ObjectNode property = properties.putObject(field.id());
            property.put("title", field.label().plain(language));
            field.help().ifPresent(help -> property.put("description", help.plain(language)));
            describe(property, field, language, towns);
            condition(asked, all, required, conditions);
        }
        return conditions;
    }

    private static void rows(ObjectNode property, Field group, Language language, Set<String> towns) {
        property.put("type", "array").put("minItems", group.least()).put("maxItems", group.most());
        ObjectNode row = property.putObject("items");
        List<Asked> all = group.fields().stream()
                .map(field -> new Asked(field, Optional.empty()))
                .toList();
        ArrayNode conditions = object(row, all, language, towns);
        if (!conditions.isEmpty()) {
            row.set("allOf", conditions);
        }
    }

    /** The order of days or numbers cannot be said in this language. */
    private static void crossCheck(CrossCheck check, List<Asked> all, ArrayNode conditions) {
        switch (check.kind()) {
            case ORDER -> {}
            case EITHER -> {
                ArrayNode any = conditions.addObject().putArray("anyOf");
                check.fields()
                        .forEach(id -> any.addObject().putArray("required").add(id));
            }
            case REQUIRED_IF -> {
                ObjectNode rule = conditions.addObject();
                rule.set("if", holds(check.when().orElseThrow(), all));
                ArrayNode needed = rule.putObject("then").putArray("required");
                check.fields().forEach(needed::add);
            }
        }
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
            case GROUP -> rows(property, field, language, towns);
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
    private static void condition(Asked asked, List<Asked> all, ArrayNode required, ArrayNode conditions) {
        Field field = asked.field();
        if (asked.page().isEmpty() && field.when().isEmpty()) {
            if (field.must()) {
                required.add(field.id());
            }
            return;
        }
        ObjectNode rule = conditions.addObject();
        ArrayNode every = rule.putObject("if").putArray("allOf");
        asked.page().ifPresent(when -> every.add(holds(when, all)));
        field.when().ifPresent(when -> every.add(holds(when, all)));
        if (field.must()) {
            rule.putObject("then").putArray("required").add(field.id());
        }
        rule.putObject("else").putObject("properties").put(field.id(), false);
    }

    private static ObjectNode holds(Field.When when, List<Asked> all) {
        ObjectNode test = MAPPER.createObjectNode();
        test.putArray("required").add(when.field());
        ObjectNode value = test.putObject("properties").putObject(when.field());
        Field.Type type = all.stream()
                .map(Asked::field)
                .filter(field -> field.id().equals(when.field()))
                .findFirst()
                .map(Field::type)
                .orElseThrow();
        ArrayNode values = (type == Field.Type.SEVERAL ? value.putObject("contains") : value).putArray("enum");
        when.is().forEach(answer -> {
            if (type == Field.Type.YES_NO) {
                values.add(answer.equals("yes"));
            } else {
                values.add(answer);
            }
        });
        return test;
    }
}
