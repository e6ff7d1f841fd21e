package city.hamana.capability.maps;

import city.hamana.platform.http.Call;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a program asks of a collection.
 *
 * @param limit 1 to 1,000 features
 * @param properties those that a feature must have, with their values
 */
record ItemsQuery(int limit, int offset, Box box, Span when, Map<String, String> properties) {
    static final int DEFAULT_LIMIT = 100;
    static final int MOST = 1_000;

    /** The parameters besides the layer's properties. */
    static final List<String> PARAMETERS = List.of("f", "limit", "offset", "bbox", "datetime");

    /** Read, or why it could not be: an unknown or invalid parameter is refused (/req/core/query-param-unknown). */
    sealed interface Read {
        record Good(ItemsQuery query) implements Read {}

        record Bad(String why) implements Read {}
    }

    static Read of(Call call, Layer layer) {
        Map<String, List<String>> sent = call.request().query().toMap();
        Set<String> names = new TreeSet<>(sent.keySet());
        names.removeAll(PARAMETERS);
        layer.properties().forEach(property -> names.remove(property.name()));
        if (!names.isEmpty()) {
            return new Read.Bad(
                    "There is no parameter " + printable(names.iterator().next()) + " here.");
        }
        if (sent.values().stream().anyMatch(values -> values.size() > 1)) {
            return new Read.Bad("A parameter stands twice in the address.");
        }
        try {
            return new Read.Good(new ItemsQuery(
                    (int) Math.min(MOST, whole(call, "limit", 1, DEFAULT_LIMIT)),
                    (int) whole(call, "offset", 0, 0),
                    box(call.request().query().first("bbox").orElse("")),
                    when(sent, call.page().zone()),
                    properties(call, layer)));
        } catch (IllegalArgumentException e) {
            return new Read.Bad("A parameter cannot be read: " + printable(e.getMessage()));
        }
    }

    /** Whether the feature has the properties asked for. */
    boolean takes(Feature feature) {
        return properties.entrySet().stream()
                .allMatch(p -> feature.text(p.getKey()).equals(p.getValue()));
    }

    private static Map<String, String> properties(Call call, Layer layer) {
        Map<String, String> asked = new LinkedHashMap<>();
        for (Layer.Property property : layer.properties()) {
            call.query(property.name()).ifPresent(value -> asked.put(property.name(), value));
        }
        return asked;
    }

    private static long whole(Call call, String name, int least, int otherwise) {
        String text = call.request().query().first(name).orElse(Integer.toString(otherwise));
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
            throw new IllegalArgumentException(name + " is a whole number from " + least);
        }
        return Integer.parseInt(text);
    }

    private static Span when(Map<String, List<String>> sent, ZoneId zone) {
        return sent.containsKey("datetime") ? Span.of(sent.get("datetime").getFirst(), zone) : Span.ALWAYS;
    }

    /** Four numbers, or six with heights, which are passed over: the features lie on the ground. */
    private static Box box(String text) {
        if (text.isEmpty()) {
            return Box.EARTH;
        }
        String[] parts = text.split(",", -1);
        if (parts.length != 4 && parts.length != 6) {
            throw new IllegalArgumentException("bbox has four or six numbers");
        }
        double[] n = new double[parts.length];
        for (int i = 0; i < n.length; i++) {
            n[i] = Double.parseDouble(parts[i]);
        }
        return n.length == 4 ? new Box(n[0], n[1], n[2], n[3]) : new Box(n[0], n[1], n[3], n[4]);
    }

    private static String printable(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 200 ? plain.substring(0, 200) : plain;
    }
}
