package city.hamana.capability.forms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers as typed JSON and back. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static String of(Form form, Answers answers) {
        ObjectNode all = MAPPER.createObjectNode();
        for (Field field : form.fields()) {
            put(all, form, field, answers);
        }
        return all.toString();
    }

    private static void put(ObjectNode all, Form form, Field field, Answers answers) {
        String id = field.id();
        String key = field.key();
        String text = answers.text(id);
        if (!form.asks(field, answers)) {
            return;
        }
        switch (field.type()) {
            case ADDRESS -> address(all, key, id, answers);
            case GROUP -> rows(all, form, field, answers);
            case SEVERAL, FILE -> {
                if (!answers.all(id).isEmpty()) {
                    ArrayNode list = all.putArray(key);
                    answers.all(id).forEach(list::add);
                }
            }
            case YES_NO -> {
                if (!text.isEmpty()) {
                    all.put(key, text.equals("yes"));
                }
            }
            case NUMBER, YEN -> {
                if (text.matches("-?\\d{1,15}")) {
                    all.put(key, Long.parseLong(text));
                }
            }
            case TEXT, LONG_TEXT, DATE, ONE_OF, NAME, PHONE, MAIL -> {
                if (!text.isEmpty()) {
                    all.put(key, text);
                }
            }
        }
    }

    private static void rows(ObjectNode all, Form form, Field group, Answers answers) {
        int rows = answers.rows(group.id());
        if (rows > 0) {
            ArrayNode list = all.putArray(group.id());
            for (int row = 0; row < rows; row++) {
                ObjectNode each = list.addObject();
                group.row(row).forEach(field -> put(each, form, field, answers));
            }
        }
    }

    private static void address(ObjectNode all, String key, String id, Answers answers) {
        if (!answers.text(id + "-town").isEmpty()) {
            all.putObject(key).put("town", answers.text(id + "-town")).put("rest", answers.text(id + "-rest"));
        }
    }

    /** Everything that was typed, right or wrong. */
    static String typed(Answers answers) {
        ObjectNode all = MAPPER.createObjectNode();
        answers.values().forEach((id, values) -> values.forEach(all.withArray(id)::add));
        return all.toString();
    }

    static Answers typed(String json) {
        Answers answers = Answers.NONE;
        for (Map.Entry<String, JsonNode> entry : parsed(json).properties()) {
            answers = answers.with(entry.getKey(), list(entry.getValue()));
        }
        return answers;
    }

    static Answers answers(Form form, String json) {
        JsonNode all = parsed(json);
        Answers answers = Answers.NONE;
        for (Field field : form.fields()) {
            answers = answer(answers, field, all.path(field.id()));
        }
        return answers;
    }

    private static Answers answer(Answers answers, Field field, JsonNode value) {
        return switch (field.type()) {
            case ADDRESS ->
                answers.with(field.id() + "-town", value.path("town").asText())
                        .with(field.id() + "-rest", value.path("rest").asText());
            case SEVERAL, FILE -> answers.with(field.id(), list(value));
            case YES_NO -> answers.with(field.id(), value.isMissingNode() ? "" : value.asBoolean() ? "yes" : "no");
            case GROUP -> rows(answers, field, value);
            case TEXT, LONG_TEXT, NUMBER, YEN, DATE, ONE_OF, NAME, PHONE, MAIL ->
                answers.with(field.id(), value.asText());
        };
    }

    private static Answers rows(Answers before, Field group, JsonNode list) {
        Answers answers = before.with(group.id(), list.isEmpty() ? "" : String.valueOf(list.size()));
        for (int row = 0; row < list.size(); row++) {
            for (Field field : group.row(row)) {
                answers = answer(answers, field, list.get(row).path(field.key()));
            }
        }
        return answers;
    }

    private static List<String> list(JsonNode value) {
        List<String> all = new ArrayList<>();
        value.forEach(entry -> all.add(entry.asText()));
        return all;
    }

    private static JsonNode parsed(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("these are no answers", e);
        }
    }
}
