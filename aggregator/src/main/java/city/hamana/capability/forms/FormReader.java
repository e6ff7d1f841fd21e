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

    private static final int MOST_ROWS = 50;
    /** What is kept of one form has a limit; so have its questions together. */
    private static final int MOST_LETTERS = 28_000;

    private final Map<String, Field> earlier = new HashMap<>();

    Form read(Node form) {
        form.only("pages");
        List<FormPage> pages = form.list("pages").stream().map(this::page).toList();
        if (pages.isEmpty()) {
            form.slip("has no pages");
        }
        long letters =
                letters(pages.stream().flatMap(page -> page.fields().stream()).toList());
        if (letters > MOST_LETTERS) {
            form.slip("asks for up to " + letters + " letters; " + MOST_LETTERS + " can be kept");
        }
        return new Form(pages);
    }

    private static long letters(List<Field> fields) {
        return fields.stream()
                .mapToLong(field -> switch (field.type()) {
                    case GROUP -> field.most() * letters(field.fields());
                    case TEXT, LONG_TEXT -> field.longest();
                    case NAME, ADDRESS -> 200;
                    case NUMBER, YEN, DATE, YES_NO, ONE_OF, SEVERAL, PHONE, MAIL, FILE -> 60;
                })
                .sum();
    }

    private FormPage page(Node page) {
        page.only("id", "title", "lead", "when", "fields", "checks");
        Optional<Field.When> when = when(page);
        List<Field> fields = fields(page);
        List<CrossCheck> checks =
                page.list("checks").stream().map(node -> check(node, fields)).toList();
        return new FormPage(page.text("id", ID), page.texts("title"), page.optionalTexts("lead"), when, fields, checks);
    }

    private List<Field> fields(Node of) {
        List<Field> fields = new ArrayList<>();
        for (Node node : of.list("fields")) {
            Field field = field(node);
            if (earlier.put(field.id(), field) != null) {
                node.slip("is called " + field.id() + " as another field is");
            }
            fields.add(field);
        }
        if (fields.isEmpty()) {
            of.slip("asks nothing");
        }
        return fields;
    }

    private CrossCheck check(Node node, List<Field> page) {
        node.only("kind", "fields", "when", "text");
        CrossCheck.Kind kind = CrossCheck.Kind.ofCode(node.text("kind", "order|either|required-if"))
                .orElse(CrossCheck.Kind.EITHER);
        List<String> ids = node.words("fields");
        List<Field> asked = page.stream().filter(f -> ids.contains(f.id())).toList();
        if (asked.size() != ids.size() || ids.isEmpty()) {
            node.at("fields").slip("must be questions of this page, not " + ids);
        }
        boolean days = asked.stream().allMatch(field -> field.type() == Field.Type.DATE);
        boolean numbers = asked.stream().allMatch(f -> f.type() == Field.Type.NUMBER || f.type() == Field.Type.YEN);
        if (kind == CrossCheck.Kind.ORDER && !days && !numbers) {
            node.at("fields").slip("must all be days, or all numbers, to be in order");
        }
        if (kind == CrossCheck.Kind.REQUIRED_IF != node.has("when")) {
            node.slip("has a condition if and only if it is required-if");
        }
        return new CrossCheck(kind, ids, when(node), node.texts("text"));
    }

    /** Questions of a row are known to one another only. */
    private static List<Field> row(Node group, Field.Type type) {
        if (type != Field.Type.GROUP) {
            return List.of();
        }
        List<Field> fields = new FormReader().fields(group);
        boolean odd = fields.stream()
                .anyMatch(f -> f.type() == Field.Type.GROUP
                        || f.type() == Field.Type.FILE
                        || !f.prefill().isEmpty());
        if (odd) {
            group.slip("has rows with files, groups or what is filled in by itself");
        }
        return fields;
    }

    private static String sum(Node node, List<Field> row) {
        String sum = node.optional("sum").orElse("");
        boolean number = row.stream()
                .anyMatch(f -> f.id().equals(sum) && (f.type() == Field.Type.NUMBER || f.type() == Field.Type.YEN));
        if (!sum.isEmpty() && !number) {
            node.at("sum").slip("must be a number of the rows, not " + sum);
        }
        return sum;
    }

    /** Of files one, of rows a good many, of numbers any. */
    private static long most(Node node, Field.Type type) {
        long most = node.number(
                "most",
                switch (type) {
                    case FILE -> 1;
                    case GROUP -> 20;
                    case TEXT, LONG_TEXT, NUMBER, YEN, DATE, YES_NO, ONE_OF, SEVERAL, ADDRESS, NAME, PHONE, MAIL ->
                        MOST;
                });
        if (type == Field.Type.GROUP && most > MOST_ROWS) {
            node.at("most").slip("may be up to " + MOST_ROWS + " rows");
        }
        return most;
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
                "prefill",
                "fields",
                "sum");
        Field.Type type = type(node);
        List<Field> row = row(node, type);
        if (type != Field.Type.GROUP && (node.has("fields") || node.has("sum"))) {
            node.slip("has rows, but its type has none");
        }
        return new Field(
                node.text("id", ID),
                type,
                node.texts("label"),
                node.optionalTexts("help"),
                node.flag("must"),
                options(node, type),
                when(node),
                (int) node.number("longest", type == Field.Type.LONG_TEXT ? LONGEST_LONG_TEXT : LONGEST_TEXT),
                node.number("least", type == Field.Type.GROUP ? 1 : 0),
                most(node, type),
                day(node, "not-before"),
                day(node, "not-after"),
                node.flag("open-day"),
                node.has("prefill") ? node.text("prefill", "name|kana|born|address|phone|mail") : "",
                row,
                sum(node, row));
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
            case TEXT, LONG_TEXT, NUMBER, YEN, DATE, ADDRESS, NAME, PHONE, MAIL, FILE, GROUP -> false;
        };
    }

    private static Optional<String> day(Node node, String key) {
        return node.has(key) ? Optional.of(node.text(key, DAY)) : Optional.empty();
    }
}
