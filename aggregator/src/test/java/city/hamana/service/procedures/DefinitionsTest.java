package city.hamana.service.procedures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.capability.forms.Answers;
import city.hamana.capability.forms.Field;
import city.hamana.capability.forms.Form;
import city.hamana.capability.forms.FormException;
import city.hamana.capability.forms.Forms;
import city.hamana.capability.forms.Node;
import city.hamana.capability.forms.Today;
import city.hamana.capability.people.Town;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.text.Language;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The definitions that the program ships, and what becomes of one with a slip. */
class DefinitionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Forms FORMS = new Forms(List.of(new Town("9028000", "鷲津", "ワシヅ", "Washizu")));
    private static final Catalogue CATALOGUE = new Catalogue(FORMS);
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Today TODAY =
            new Today(LocalDate.of(2026, 11, 24), day -> day.getDayOfWeek().getValue() < 6);
    /** That one day comes after another cannot be said in a schema. */
    private static final Set<String> ORDERED = Set.of("end", "funeral-day");

    private static final Pattern BARE_KANJI = Pattern.compile("[\\u4e00-\\u9fff]");

    @Test
    void everyFileKeepsToTheSchemaOfDefinitions() throws IOException {
        Schema schema = SCHEMAS.getSchema(text("procedure.schema.json"), InputFormat.JSON);
        for (Procedure procedure : CATALOGUE.all()) {
            assertEquals(
                    List.of(), schema.validate(text(procedure.code() + ".json"), InputFormat.JSON), procedure.code());
        }
        ObjectNode odd = (ObjectNode) JSON.readTree(text("dx-grant.json"));
        odd.put("dayz", 3);
        assertFalse(schema.validate(odd.toString(), InputFormat.JSON).isEmpty());
    }

    @Test
    void everyWordInEasyJapaneseHasItsReading() {
        for (Procedure procedure : CATALOGUE.all()) {
            Stream<String> texts = Stream.concat(
                    Stream.of(procedure.title(), procedure.summary(), procedure.who())
                            .map(t -> t.markup(Language.EASY_JA)),
                    procedure.form().fields().stream().map(f -> f.label().markup(Language.EASY_JA)));
            texts.forEach(text -> assertFalse(
                    BARE_KANJI.matcher(text.replaceAll("<ruby>.*?</ruby>", "")).find(), text));
        }
    }

    @Test
    void everySlipInAFileIsNamedWithItsPlace() throws IOException {
        ObjectNode file = (ObjectNode) JSON.readTree(text("water-start-stop.json"));
        file.put("days", "two");
        ((ObjectNode) file.path("title")).remove("pt");
        ObjectNode field = (ObjectNode) file.at("/form/pages/0/fields/0");
        field.put("type", "choice");
        ((ObjectNode) file.at("/form/pages/2/when")).putArray("is").add("never");
        ((ObjectNode) file.at("/form/pages/1/fields/0")).put("not-before", "tomorrow");
        ((ObjectNode) file.at("/form/pages/1")).put("colour", "red");
        List<String> slips = slips(file);
        for (String place : List.of(
                "water.json/days",
                "water.json/title/pt",
                "water.json/form/pages/0/fields/0/type",
                "water.json/form/pages/1/fields/0/not-before",
                "water.json/form/pages/1 does not know the key colour",
                "water.json/form/pages/2/when")) {
            assertTrue(slips.stream().anyMatch(slip -> slip.startsWith(place)), place + " is not in " + slips);
        }
    }

    @Test
    void aRuleThatAsksForAQuestionThatIsNotThereIsNamed() throws IOException {
        ObjectNode file = (ObjectNode) JSON.readTree(text("dx-grant.json"));
        ((ObjectNode) file.path("amount")).put("of", "price");
        assertTrue(slips(file).getFirst().contains("/amount/of asks for price"));
    }

    @Test
    void aWayInAnotherOrderOrWithoutADecisionIsNamed() throws IOException {
        ObjectNode file = (ObjectNode) JSON.readTree(text("dx-grant.json"));
        ((ObjectNode) file.at("/steps/0")).put("work", "agree");
        assertTrue(slips(file).getFirst().contains("/steps must be examine (any number), draft"));
        ObjectNode other = (ObjectNode) JSON.readTree(text("dx-grant.json"));
        ((ObjectNode) other.at("/steps/1")).put("rank", "king");
        assertTrue(slips(other).getFirst().contains("/steps/1/rank must be like"));
    }

    @Test
    void slipsOfGroupsAndOfChecksBetweenQuestionsAreNamed() throws IOException {
        ObjectNode file = (ObjectNode) JSON.readTree(text("dx-grant.json"));
        ObjectNode costs = (ObjectNode) file.at("/form/pages/2/fields/5");
        costs.put("sum", "item").put("most", 200);
        ((ObjectNode) costs.at("/fields/0")).put("type", "file");
        ((ObjectNode) file.at("/form/pages/2/checks/0"))
                .putArray("fields")
                .add("begin")
                .add("phone");
        ((ObjectNode) file.at("/form/pages/3/checks/0")).put("kind", "order");
        ((ObjectNode) file.at("/form/pages/2/fields/0")).put("sum", "x");
        List<String> slips = slips(file);
        for (String slip : List.of(
                "/fields/5/sum must be a number of the rows",
                "/fields/5/most may be up to 50 rows",
                "/fields/5 has rows with files",
                "/pages/2/checks/0/fields must be questions of this page",
                "/pages/3/checks/0/fields must all be days",
                "/pages/3/checks/0 has a condition if and only if",
                "/pages/2/fields/0 has rows, but its type has none")) {
            assertTrue(slips.stream().anyMatch(found -> found.contains(slip)), slip + " is not in " + slips);
        }
    }

    @Test
    void aFormThatAsksForMoreThanCanBeKeptIsNamed() throws IOException {
        ObjectNode file = (ObjectNode) JSON.readTree(text("dx-grant.json"));
        ((ObjectNode) file.at("/form/pages/2/fields/5")).put("most", 50);
        ((ObjectNode) file.at("/form/pages/2/fields/5/fields/0")).put("longest", 1_000);
        assertTrue(slips(file).getFirst().contains("/form asks for up to"));
    }

    /** Answers by lot, good and bad: what the server's check takes, the schema for programs takes, and the other way. */
    @Property(tries = 400)
    void theCheckAndTheSchemaSayTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        Procedure procedure = CATALOGUE.all().get(random.nextInt(CATALOGUE.all().size()));
        Form form = procedure.form();
        Answers answers = answered(form, random);
        List<FieldError> errors = FORMS.errors(form, answers, TODAY, Language.EN).stream()
                .filter(error -> !error.words().matches("forms\\.wrong\\.(early|late|closed)"))
                .filter(error ->
                        !ORDERED.contains(error.field()) || !error.words().equals("forms.wrong.said"))
                .toList();
        String json = FORMS.json(form, answers);
        Schema schema = SCHEMAS.getSchema(FORMS.schema(form, Language.EN).toString(), InputFormat.JSON);
        assertEquals(
                errors.isEmpty(),
                schema.validate(json, InputFormat.JSON).isEmpty(),
                () -> procedure.code() + " " + json + " " + errors + schema.validate(json, InputFormat.JSON));
    }

    /** Whatever is kept comes back the same. */
    @Property(tries = 200)
    void answersGoThereAndBack(@ForAll long seed) {
        Random random = new Random(seed);
        Form form = CATALOGUE.all().get(random.nextInt(CATALOGUE.all().size())).form();
        Answers answers = answered(form, random);
        assertEquals(answers, FORMS.typed(FORMS.typed(answers)));
        String json = FORMS.json(form, answers);
        assertEquals(json, FORMS.json(form, FORMS.answers(form, json)));
    }

    @Test
    void whatDoesNotApplyIsNotKept() {
        Form form = CATALOGUE.find("water-start-stop").orElseThrow().form();
        Answers answers = Answers.NONE
                .with("kind", "start")
                .with("bill-address-town", "9028000")
                .with("bill-address-rest", "1");
        assertFalse(FORMS.json(form, answers).contains("bill-address"));
        assertTrue(FORMS.json(form, answers.with("kind", "stop")).contains("bill-address"));
    }

    /** Each question that may be asked gets an answer, now and then none. */
    private static Answers answered(Form form, Random random) {
        Answers answers = Answers.NONE;
        for (Field field : form.fields()) {
            if (random.nextInt(40) > 0) {
                answers = answer(answers, field, random);
            }
        }
        return answers;
    }

    private static Answers answer(Answers answers, Field field, Random random) {
        String id = field.id();
        return switch (field.type()) {
            case TEXT, LONG_TEXT -> answers.with(id, "あ".repeat(1 + random.nextInt(field.longest())));
            case NAME -> answers.with(id, "渡邉󠄂 正一");
            case NUMBER, YEN ->
                answers.with(
                        id,
                        String.valueOf(random.nextInt(random.nextInt(20) == 0 ? 400_000_000 : 10)
                                + (random.nextInt(30) == 0 ? 0 : 1)));
            case DATE ->
                answers.with(id, TODAY.day().plusDays(random.nextInt(60) - 20).toString());
            case YES_NO -> answers.with(id, random.nextBoolean() ? "yes" : "no");
            case ONE_OF -> answers.with(id, one(field, random));
            case SEVERAL -> answers.with(id, List.of(one(field, random)));
            case PHONE -> answers.with(id, random.nextInt(40) == 0 ? "12" : "053-576-1111");
            case MAIL -> answers.with(id, "name@example.jp");
            case FILE -> answers.with(id, List.of("A".repeat(22)));
            case GROUP -> rows(answers, field, random);
            case ADDRESS ->
                answers.with(id + "-town", random.nextInt(40) == 0 ? "123" : "9028000")
                        .with(id + "-rest", "1番地");
        };
    }

    private static Answers rows(Answers before, Field group, Random random) {
        int rows = random.nextInt(8) == 0 ? (int) group.most() + 1 : random.nextInt(4);
        Answers answers = before.with(group.id(), rows == 0 ? "" : String.valueOf(rows));
        for (int row = 0; row < rows; row++) {
            for (Field field : group.row(row)) {
                if (random.nextInt(60) > 0) {
                    answers = answer(answers, field, random);
                }
            }
        }
        return answers;
    }

    private static String one(Field field, Random random) {
        return random.nextInt(60) == 0
                ? "nothing"
                : field.options().get(random.nextInt(field.options().size())).code();
    }

    private static List<String> slips(JsonNode file) {
        List<String> slips = new ArrayList<>();
        assertThrows(FormException.class, () -> ProcedureFile.read(new Node(file, "water.json", slips), FORMS));
        return slips;
    }

    private static String text(String name) throws IOException {
        try (InputStream bytes = Procedures.class.getResourceAsStream("definitions/" + name)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
