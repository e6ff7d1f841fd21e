package city.hamana.aggregator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Forms and links of a page, as far as somebody needs who wants to send them. */
final class SecurityHtml {
    private static final Pattern FORM = Pattern.compile("(?s)<form([^>]*)>(.*?)</form>");
    private static final Pattern FIELD =
            Pattern.compile("(?s)<(input|textarea|button)\\b([^>]*)>|<(select)\\b([^>]*)>(.*?)</select>");

    private static final Set<String> TYPED = Set.of("", "text", "search", "tel", "email", "password");

    private SecurityHtml() {}

    /**
     * A form.
     *
     * @param fields of each name the value it has on the page
     * @param typed those names that somebody writes into
     */
    record Form(String method, String action, Map<String, String> fields, List<String> typed) {}

    static List<Form> forms(String page, String address) {
        List<Form> forms = new ArrayList<>();
        Matcher form = FORM.matcher(page);
        while (form.find()) {
            String action = attribute(form.group(1), "action");
            Map<String, String> fields = new LinkedHashMap<>();
            List<String> typed = new ArrayList<>();
            Matcher field = FIELD.matcher(form.group(2));
            while (field.find()) {
                read(field, fields, typed);
            }
            forms.add(new Form(attribute(form.group(1), "method"), action.isEmpty() ? address : action, fields, typed));
        }
        return forms;
    }

    /** Values of the attributes whose name matches, unescaped. */
    static List<String> values(String page, String names) {
        return Pattern.compile("\\s(?:" + names + ")=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(found -> plain(found.group(1)))
                .toList();
    }

    private static void read(Matcher field, Map<String, String> fields, List<String> typed) {
        boolean select = field.group(3) != null;
        String tag = select ? field.group(4) : field.group(2);
        String name = attribute(tag, "name");
        String type = attribute(tag, "type");
        if (name.isEmpty() || type.equals("file") || name.equals("csrf")) {
            return;
        }
        fields.putIfAbsent(name, select ? option(field.group(5)) : attribute(tag, "value"));
        boolean input = "input".equals(field.group(1)) && TYPED.contains(type);
        if (input || "textarea".equals(field.group(1))) {
            typed.add(name);
        }
    }

    private static String option(String options) {
        return values(options, "value").stream()
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String attribute(String tag, String name) {
        return values(" " + tag, name).stream().findFirst().orElse("");
    }

    private static String plain(String escaped) {
        return escaped.replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
