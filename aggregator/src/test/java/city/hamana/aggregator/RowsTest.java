package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.hamana.aggregator.Guest.Answer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A page with rows: the form that is sent, the server's check and the schema that programs read are one. */
class RowsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern INPUT =
            Pattern.compile("<input [^>]*name=\"(costs\\.\\d+\\.[a-z]+)\"[^>]*value=\"([^\"]*)\"");
    private static final List<String> ITEMS = List.of("", "Cloud", "渡邉󠄂 & <b>", "x".repeat(100), "x".repeat(101));
    private static final List<String> AMOUNTS = List.of("", "1", "100000000", "100000001", "0", "12 345", "a lot");

    private static City city;
    private static Guest guest;
    private static Schema schema;

    @BeforeContainer
    static void open() throws JsonProcessingException {
        city = TestCity.open();
        guest = Guest.signedIn(city, "hanako").speaking("en");
        JsonNode whole =
                JSON.readTree(guest.get("/api/v1/procedures/dx-grant").body()).path("answers");
        ObjectNode part = JSON.createObjectNode();
        part.put("type", "object").putObject("properties").set("costs", whole.at("/properties/costs"));
        part.putArray("required").add("costs");
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(part.toString(), InputFormat.JSON);
    }

    @AfterContainer
    static void close() {
        city.close();
    }

    @Property(tries = 60)
    void theFormTheCheckAndTheSchemaAgree(@ForAll long seed) {
        Random random = new Random(seed);
        int rows = random.nextInt(4);
        Map<String, List<String>> sent = page();
        Map<String, String> typed = new TreeMap<>();
        ArrayNode wanted = JSON.createArrayNode();
        for (int row = 0; row < rows; row++) {
            // The place of a row says nothing of its order: rows before it may be gone.
            int place = 1_000 - 7 * row;
            sent.computeIfAbsent("costs", name -> new ArrayList<>()).add(String.valueOf(place));
            String item = ITEMS.get(random.nextInt(random.nextInt(3) == 0 ? ITEMS.size() : 2));
            String amount = AMOUNTS.get(random.nextInt(3) == 0 ? random.nextInt(AMOUNTS.size()) : 1);
            sent.put("costs." + place + ".item", List.of(item));
            sent.put("costs." + place + ".amount", List.of(amount));
            typed.put("costs." + row + ".item", item);
            typed.put("costs." + row + ".amount", amount.replace(" ", ""));
            ObjectNode object = wanted.addObject();
            put(object, item, amount.replace(" ", ""));
        }
        String draft = ProcedureWalk.begun(guest, "dx-grant");
        Answer answer = guest.post(draft + "/project", sent, Map.of());
        ObjectNode all = JSON.createObjectNode();
        if (rows > 0) {
            all.set("costs", wanted);
        }
        boolean taken = answer.status() == 303;
        assertEquals(schema.validate(all.toString(), InputFormat.JSON).isEmpty(), taken, all.toString());
        if (rows > 0) {
            assertEquals(typed, shown(guest.get(draft + "/project").body()), "what was typed is on the page again");
        }
    }

    private static void put(ObjectNode object, String item, String amount) {
        if (!item.isEmpty()) {
            object.put("item", item);
        }
        if (amount.matches("\\d+")) {
            object.put("amount", Long.parseLong(amount));
        }
    }

    private static Map<String, String> shown(String page) {
        Map<String, String> shown = new TreeMap<>();
        INPUT.matcher(page).results().forEach(input -> shown.put(input.group(1), plain(input.group(2))));
        return shown;
    }

    private static String plain(String escaped) {
        return escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private static Map<String, List<String>> page() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("kind", List.of("software"));
        fields.put("project-title", List.of("Orders"));
        fields.put("plan", List.of("Less paper."));
        fields.put("begin", List.of("2017-03-01"));
        fields.put("end", List.of("2017-06-30"));
        fields.put("action", List.of("next"));
        return fields;
    }
}
