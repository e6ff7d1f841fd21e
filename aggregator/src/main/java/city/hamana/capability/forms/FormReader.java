package city.hamana.capability.forms;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a form's definition and looks for slips that its shape does not show. */
final class FormReader {
    private static final String ID = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final String DAY = "today([+-]\\d{1,4})?|\\d{4}-\\d\\d-\\d\\d";
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_LONG_TEXT = 2_000;
    private static final long MOST = 999_999_999_999L;

    private final Map<String, Field> earlier = new HashMap<>();

    Form read(Node form) {
        form.only("pages");
        List<FormPage> pages = form.list("pages").stream().map(this::page).toList();
        if (pages.isEmpty()) {
            form.slip("has no pages");
        }
        return new Form(pages);
    }

    private FormPage page(Node page) {
        page.only("id", "title", "lead", "when", "fields");
        Optional<Field.When> when = when(page);
        List<Field> fields = new ArrayList<>();
        for (Node node : page.list("fields")) {
            Field field = field(node);
            if (earlier.put(field.id(), field) != null) {
                node.slip("is called " + field.id() + " as another field is");
            }
            fields.add(field);
        }
        if (fields.isEmpty()) {
            page.slip("asks nothing");
        }
        return new FormPage(page.text("id", ID), page.texts("title"), page.optionalTexts("lead"), when, fields);
    }

    private Field field(Node node) {
        node.only(
                "id",
                "type",
                "label",
                "help",
                "must",
                "options",
                "when",
                "longest",
                "least",
                "most",
                "not-before",
                "not-after",
                "open-day",
                "prefill");
        Field.Type type = type(node);
        return new Field(
                node.text("id", ID),
                type,
                node.texts("label"),
                node.optionalTexts("help"),
                node.flag("must"),
                options(node, type),
                when(node),
                (int) node.number("longest", type == Field.Type.LONG_TEXT ? LONGEST_LONG_TEXT : LONGEST_TEXT),
                node.number("least", 0),
                node.number("most", type == Field.Type.FILE ? 1 : MOST),
                day(node, "not-before"),
                day(node, "not-after"),
                node.flag("open-day"),
                node.has("prefill") ? node.text("prefill", "name|kana|born|address|phone|mail") : "");
    }

    private static Field.Type type(Node node) {
        String code = node.text("type");
        return Stream.of(Field.Type.values())
                .filter(type -> type.code().equals(code))
                .findFirst()
                .orElseGet(() -> {
                    node.at("type").slip("is no type of answer: " + code);
                    return Field.Type.TEXT;
                });
    }

    private static List<Field.Option> options(Node node, Field.Type type) {
        List<Field.Option> options = node.list("options").stream()
                .map(option -> new Field.Option(option.only("code", "label").text("code", ID), option.texts("label")))
                .toList();
        boolean chooses = type == Field.Type.ONE_OF || type == Field.Type.SEVERAL;
        if (chooses != (options.size() >= 2)) {
            node.slip(chooses ? "needs two options" : "has options, but its type has none");
        }
        return options;
    }

    private Optional<Field.When> when(Node node) {
        if (!node.has("when")) {
            return Optional.empty();
        }
        Node when = node.at("when").only("field", "is");
        Field.When condition = new Field.When(when.text("field"), when.words("is"));
        Field asked = earlier.get(condition.field());
        if (asked == null) {
            when.slip("asks for " + condition.field() + ", which no earlier field is called");
        } else {
            condition.is().stream()
                    .filter(answer -> !possible(asked, answer))
                    .forEach(answer -> when.slip("waits for " + answer + ", which " + asked.id() + " never is"));
        }
        return Optional.of(condition);
    }

    private static boolean possible(Field field, String answer) {
        return switch (field.type()) {
            case YES_NO -> answer.equals("yes") || answer.equals("no");
            case ONE_OF, SEVERAL ->
                field.options().stream().anyMatch(option -> option.code().equals(answer));
            case TEXT, LONG_TEXT, NUMBER, YEN, DATE, ADDRESS, NAME, PHONE, MAIL, FILE -> false;
        };
    }

    private static Optional<String> day(Node node, String key) {
        return node.has(key) ? Optional.of(node.text(key, DAY)) : Optional.empty();
    }
}
