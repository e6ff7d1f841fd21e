package city.hamana.capability.forms;

import city.hamana.platform.text.Language;
import city.hamana.platform.text.Texts;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A place in a definition, and the slips found so far. Reading goes on after a slip, so that all are told at once.
 *
 * @param place {@code residence-copy.json/form/pages/0}
 * @param slips sentences, each with its place; added to
 */
public record Node(JsonNode json, String place, List<String> slips) {
    private static final int LONGEST = 2_000;

    public Node at(String key) {
        return new Node(json.path(key), place + "/" + key, slips);
    }

    public boolean has(String key) {
        return json.has(key);
    }

    /** The keys that may stand here; another one is a slip, for it would be passed over in silence. */
    public Node only(String... keys) {
        Set<String> known = Set.of(keys);
        json.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                slip("does not know the key " + key);
            }
        });
        return this;
    }

    public void slip(String what) {
        slips.add(place + " " + what);
    }

    /** A text that must be there. */
    public String text(String key) {
        JsonNode value = json.path(key);
        if (!value.isTextual()
                || value.textValue().isBlank()
                || value.textValue().length() > LONGEST) {
            at(key).slip("must be a text");
            return "";
        }
        return value.textValue();
    }

    /** A text of this shape that must be there. */
    public String text(String key, String pattern) {
        String text = text(key);
        if (!text.isEmpty() && !text.matches(pattern)) {
            at(key).slip("must be like " + pattern + ", not " + text);
        }
        return text;
    }

    public Optional<String> optional(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    public long number(String key, long otherwise) {
        if (has(key) && !json.path(key).canConvertToLong()) {
            at(key).slip("must be a whole number");
        }
        return json.path(key).asLong(otherwise);
    }

    public boolean flag(String key) {
        if (has(key) && !json.path(key).isBoolean()) {
            at(key).slip("must be true or false");
        }
        return json.path(key).asBoolean(false);
    }

    /** A text in every language that must be there. */
    public Texts texts(String key) {
        return at(key).texts();
    }

    public Optional<Texts> optionalTexts(String key) {
        return has(key) ? Optional.of(texts(key)) : Optional.empty();
    }

    public Texts texts() {
        Map<Language, String> all = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            all.put(language, text(language.code()));
        }
        return new Texts(all);
    }

    /** The entries of a list; one that is not there has none. */
    public List<Node> list(String key) {
        JsonNode list = json.path(key);
        if (!list.isArray() && !(list instanceof MissingNode)) {
            at(key).slip("must be a list");
        }
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            nodes.add(new Node(list.get(i), place + "/" + key + "/" + i, slips));
        }
        return nodes;
    }

    public List<String> words(String key) {
        List<String> all = new ArrayList<>();
        for (Node node : list(key)) {
            if (node.json.isTextual()) {
                all.add(node.json.textValue());
            } else {
                node.slip("must be a text");
            }
        }
        return all;
    }
}
