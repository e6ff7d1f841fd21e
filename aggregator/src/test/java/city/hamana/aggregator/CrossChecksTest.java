package city.hamana.aggregator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.hamana.capability.forms.Answers;
import city.hamana.capability.forms.Form;
import city.hamana.capability.forms.FormPage;
import city.hamana.capability.forms.Forms;
import city.hamana.capability.forms.Node;
import city.hamana.capability.forms.Today;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.text.Language;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** One table of verdicts, which the server's check and the browser's script both keep to. */
class CrossChecksTest {
    private static final Forms FORMS = new Forms(List.of());
    private static final Today TODAY = new Today(LocalDate.of(2026, 11, 24), day -> true);
    private static final String TEXTS = "{\"ja\":\"x\",\"easy-ja\":\"x\",\"pt\":\"x\",\"en\":\"x\"}";

    @RegisterExtension
    static final Chromium chromium = Chromium.ofThisClass();

    private static String script;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream file = Forms.class.getResourceAsStream("assets/forms.js")) {
            script = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "checks.csv",
            numLinesToSkip = 1,
            ignoreLeadingAndTrailingWhitespace = false,
            emptyValue = "",
            nullValues = "-none-")
    void serverAndBrowserSayTheSame(String kind, String type, String a, String b, String condition, String wrong)
            throws IOException {
        Form form = form(kind, type);
        FormPage part = form.pages().getFirst();
        Map<String, String> typed = new LinkedHashMap<>();
        typed.put("condition", text(condition));
        typed.put("a", text(a));
        typed.put("b", text(b));
        assertEquals(text(wrong), server(form, part, typed), "server");
        assertEquals(text(wrong), browser(FORMS.checks(form, part, Answers.NONE, Language.EN), typed), "browser");
    }

    private static String text(String cell) {
        return cell == null ? "" : cell;
    }

    private static Form form(String kind, String type) throws IOException {
        String when = kind.equals("required-if") ? ",\"when\":{\"field\":\"condition\",\"is\":[\"yes\"]}" : "";
        String json = """
                {"pages":[{"id":"p","title":%1$s,"fields":[
                  {"id":"condition","type":"yes-no","label":%1$s},
                  {"id":"a","type":"%2$s","label":%1$s,"least":-10},{"id":"b","type":"%2$s","label":%1$s,"least":-10}],
                  "checks":[{"kind":"%3$s","fields":["a","b"]%4$s,"text":%1$s}]}]}
                """.formatted(TEXTS, type, kind, when);
        List<String> slips = new ArrayList<>();
        Form form = FORMS.read(new Node(new ObjectMapper().readTree(json), "form", slips));
        assertEquals(List.of(), slips);
        return form;
    }

    private static String server(Form form, FormPage part, Map<String, String> typed) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        typed.forEach((name, value) -> fields.put(name, List.of(value)));
        Answers answers = FORMS.taken(Answers.NONE, part, new city.hamana.platform.http.Form(fields, List.of()));
        return FORMS.errors(form, part, answers, TODAY, Language.EN).stream()
                .filter(error -> error.words().equals("forms.wrong.said"))
                .map(FieldError::field)
                .findFirst()
                .orElse("");
    }

    private static String browser(String checks, Map<String, String> typed) {
        Page page = chromium.desk("en", true);
        page.setContent("""
                <!DOCTYPE html><html lang="en"><title>x</title><form data-checks='%s'>
                <input type="radio" name="condition" value="yes"><input type="radio" name="condition" value="no">
                <div id="a-about"></div><input id="a" name="a"><div id="b-about"></div><input id="b" name="b">
                <button name="action" value="next">next</button></form></html>
                """.formatted(checks));
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(script));
        page.evaluate("document.forms[0].addEventListener('submit', event => event.preventDefault())");
        if (!typed.get("condition").isEmpty()) {
            page.locator("[name=condition][value=" + typed.get("condition") + "]")
                    .check();
        }
        page.locator("#a").fill(typed.get("a"));
        page.locator("#b").fill(typed.get("b"));
        page.locator("button").click();
        Locator said = page.locator("[data-said]");
        return said.count() == 0 ? "" : said.first().getAttribute("data-said");
    }
}
