package city.hamana.capability.broadcasts;

import city.hamana.capability.people.Party;
import city.hamana.platform.text.Language;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * For whom a broadcast is. As JSON: {@code {"all":[…]}}, {@code {"any":[…]}}, {@code {"not":…}},
 * {@code {"town":["0001000"]}}, {@code {"age":{"from":6,"to":12}}}, {@code {"language":["pt"]}},
 * {@code {"kind":"person"}}, and what another module knows:
 * {@code {"known":{"condition":"procedures.open-case","value":"water-stop"}}}. Everyone is {@code {"all":[]}}.
 */
public sealed interface Segment {
    int MOST_PARTS = 100;
    int DEEPEST = 6;
    ObjectMapper JSON = new ObjectMapper();

    /** Whom every part takes. */
    record All(List<Segment> parts) implements Segment {}

    /** Whom one of the parts takes. */
    record AnyOf(List<Segment> parts) implements Segment {}

    /** Whom the part does not take. */
    record Not(Segment part) implements Segment {}

    /** Who lives, or has a business, in one of these towns (町字ID). */
    record Town(Set<String> ids) implements Segment {}

    /** Who is this old today, both ends counted; nobody whose birthday is unknown. */
    record Age(int from, int to) implements Segment {}

    /** Who wants to be told in one of these languages. */
    record Speaks(Set<Language> languages) implements Segment {}

    /** Persons, or businesses. */
    record Kind(Party.Kind kind) implements Segment {}

    /** Of whom a condition of another module is true. */
    record Known(String condition, String value) implements Segment {}

    /** What the other modules said of a portion of parties. */
    @FunctionalInterface
    interface Facts {
        boolean hold(Known known, Party party);
    }

    /** What has to be asked of other modules before parties can be judged. */
    default List<Known> known() {
        return switch (this) {
            case All(var parts) ->
                parts.stream().flatMap(part -> part.known().stream()).toList();
            case AnyOf(var parts) ->
                parts.stream().flatMap(part -> part.known().stream()).toList();
            case Not(var part) -> part.known();
            case Known one -> List.of(one);
            case Town town -> List.of();
            case Age age -> List.of();
            case Speaks speaks -> List.of();
            case Kind kind -> List.of();
        };
    }

    /**
     * Whether it takes this party.
     *
     * @param today a person is a year older from the end of the day before the birthday (年齢計算ニ関スル法律), which only
     *     rules of law ask; here the birthday counts
     */
    default boolean fits(Party party, LocalDate today, Facts facts) {
        return switch (this) {
            case All(var parts) -> parts.stream().allMatch(part -> part.fits(party, today, facts));
            case AnyOf(var parts) -> parts.stream().anyMatch(part -> part.fits(party, today, facts));
            case Not(var part) -> !part.fits(party, today, facts);
            case Town(var ids) ->
                party.address()
                        .filter(address -> ids.contains(address.townId()))
                        .isPresent();
            case Age(var from, var to) ->
                party.born()
                        .map(born -> Period.between(born, today).getYears())
                        .filter(age -> from <= age && age <= to)
                        .isPresent();
            case Speaks(var languages) -> languages.contains(party.language());
            case Kind(var kind) -> party.kind() == kind;
            case Known one -> facts.hold(one, party);
        };
    }

    /** Read from JSON; empty when it is none, is too large or names what does not exist. */
    static Optional<Segment> read(String json) {
        try {
            int[] left = {MOST_PARTS};
            return read(JSON.readTree(json), DEEPEST, left);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    default String json() {
        return node().toString();
    }

    private ObjectNode node() {
        ObjectNode node = JSON.createObjectNode();
        switch (this) {
            case All(var parts) -> parts.forEach(part -> node.withArray("/all").add(part.node()));
            case AnyOf(var parts) ->
                parts.forEach(part -> node.withArray("/any").add(part.node()));
            case Not(var part) -> node.set("not", part.node());
            case Town(var ids) ->
                new TreeSet<>(ids).forEach(id -> node.withArray("/town").add(id));
            case Age(var from, var to) ->
                node.putObject("age").put("from", from).put("to", to);
            case Speaks(var languages) -> {
                ArrayNode array = node.putArray("language");
                languages.stream().sorted().forEach(language -> array.add(language.code()));
            }
            case Known(var condition, var value) ->
                node.putObject("known").put("condition", condition).put("value", value);
            case Kind(var kind) -> node.put("kind", kind == Party.Kind.PERSON ? "person" : "business");
        }
        if (node.isEmpty()) {
            node.putArray(this instanceof AnyOf ? "any" : this instanceof Town ? "town" : "all");
        }
        return node;
    }

    private static Optional<Segment> read(JsonNode node, int depth, int[] left) {
        if (depth == 0 || --left[0] < 0 || !node.isObject() || node.size() != 1) {
            return Optional.empty();
        }
        String name = node.fieldNames().next();
        JsonNode value = node.get(name);
        return switch (name) {
            case "all" -> parts(value, depth, left).map(All::new);
            case "any" -> parts(value, depth, left).map(AnyOf::new);
            case "not" -> read(value, depth - 1, left).map(Not::new);
            case "town" -> texts(value, "\\d{7}").map(Town::new);
            case "age" -> age(value);
            case "language" -> texts(value, "[a-z-]+").flatMap(Segment::languages);
            case "kind" -> kind(value.asText());
            case "known" -> known(value);
            default -> Optional.empty();
        };
    }

    private static Optional<List<Segment>> parts(JsonNode array, int depth, int[] left) {
        List<Segment> parts = new ArrayList<>();
        for (JsonNode part : array) {
            Optional<Segment> read = read(part, depth - 1, left);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            parts.add(read.get());
        }
        return array.isArray() ? Optional.of(List.copyOf(parts)) : Optional.empty();
    }

    private static Optional<Set<String>> texts(JsonNode array, String form) {
        Set<String> texts = new TreeSet<>();
        for (JsonNode text : array) {
            if (!text.isTextual() || !text.asText().matches(form) || texts.size() > 1_000) {
                return Optional.empty();
            }
            texts.add(text.asText());
        }
        return array.isArray() ? Optional.of(Set.copyOf(texts)) : Optional.empty();
    }

    private static Optional<Segment> age(JsonNode value) {
        int from = value.path("from").asInt(-1);
        int to = value.path("to").asInt(-1);
        return 0 <= from && from <= to && to <= 150 ? Optional.of(new Age(from, to)) : Optional.empty();
    }

    private static Optional<Segment> known(JsonNode value) {
        String condition = value.path("condition").asText();
        String asked = value.path("value").asText();
        return condition.matches("[a-z]{2,20}\\.[a-z-]{1,40}") && asked.matches("[a-z0-9-]{1,60}")
                ? Optional.of(new Known(condition, asked))
                : Optional.empty();
    }

    private static Optional<Segment> languages(Set<String> codes) {
        Set<Language> known = new TreeSet<>();
        codes.forEach(code -> Language.ofCode(code).ifPresent(known::add));
        return known.size() == codes.size() ? Optional.of(new Speaks(Set.copyOf(known))) : Optional.empty();
    }

    private static Optional<Segment> kind(String text) {
        return switch (text) {
            case "person" -> Optional.of(new Kind(Party.Kind.PERSON));
            case "business" -> Optional.of(new Kind(Party.Kind.BUSINESS));
            default -> Optional.empty();
        };
    }
}
