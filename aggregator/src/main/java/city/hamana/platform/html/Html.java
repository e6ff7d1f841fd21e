package city.hamana.platform.html;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Renders templates. A template has two parameters: {@code page} and, under the name {@code it}, what it shows. */
public final class Html {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Set<String> rendered = ConcurrentHashMap.newKeySet();

    /**
     * The page as UTF-8.
     *
     * @param template path under the templates' root without its ending: {@code city/hamana/service/water/day}
     */
    public byte[] render(String template, Page page, Object it) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("page", page);
        parameters.put("it", it);
        engine.render(template + ".jte", parameters, output);
        rendered.add(template + " " + page.language().code());
        return output.toByteArray();
    }

    /** A template as part of a page whose own template is not beside it. */
    public Content part(String template, Page page, Object it) {
        String part = new String(render(template, page, it), StandardCharsets.UTF_8);
        return output -> output.writeContent(part);
    }

    /** Which template was rendered in which language so far: {@code city/…/day pt}. For the test of all pages. */
    public Set<String> rendered() {
        return Set.copyOf(rendered);
    }
}
