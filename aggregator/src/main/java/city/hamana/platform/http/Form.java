package city.hamana.platform.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a form sent.
 *
 * @param fields of each name all values, in the order of the form; at most 500 in all
 * @param uploads files, without those that were left empty
 */
public record Form(Map<String, List<String>> fields, List<Upload> uploads) {
    static final int MOST_FIELDS = 500;
    static final Form EMPTY = new Form(Map.of(), List.of());

    /** The last value as it was sent, with its spaces; empty when there is none. */
    public String text(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getLast();
    }

    /** All values of a name, as of check boxes. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** The files of one field. */
    public List<Upload> uploads(String field) {
        return uploads.stream().filter(upload -> upload.field().equals(field)).toList();
    }

    /** A body of {@code application/x-www-form-urlencoded}. */
    static Form urlEncoded(byte[] body) {
        Fields fields = new Fields();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", MOST_FIELDS + 1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.add(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields.form(List.of());
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** PostgreSQL keeps no U+0000 in a text, and nobody types one. */
    static String withoutNul(String text) {
        return text.replace("\0", "");
    }

    /** Fields being gathered; more than the most are passed over. */
    static final class Fields {
        private final Map<String, List<String>> all = new LinkedHashMap<>();
        private int count;

        void add(String name, String value) {
            if (count < MOST_FIELDS) {
                all.computeIfAbsent(name, n -> new ArrayList<>()).add(withoutNul(value));
                count++;
            }
        }

        Form form(List<Upload> uploads) {
            return new Form(all, List.copyOf(uploads));
        }
    }
}
