package city.hamana.capability.maps;

import city.hamana.platform.html.Page;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A resource of the interface as a page: its links, and all that it says.
 *
 * @param json the whole document
 */
public record ApiPage(String title, String about, List<Link> links, String json) {
    /** A link of the document, or of one in it. */
    public record Link(String rel, String type, String title, String path) {}

    private static final int MOST_LINKS = 200;

    static ApiPage of(Page page, ObjectNode node) {
        List<Link> links = new ArrayList<>();
        gather(node, links);
        for (JsonNode collection : node.path("collections")) {
            gather(collection, links);
        }
        String title = node.path("title").asText(page.plain("maps.api.title"));
        return new ApiPage(title, node.path("description").asText(""), links, node.toPrettyString());
    }

    private static void gather(JsonNode node, List<Link> links) {
        for (JsonNode link : node.path("links")) {
            if (links.size() < MOST_LINKS) {
                links.add(new Link(
                        link.path("rel").asText(),
                        link.path("type").asText(),
                        link.path("title").asText(),
                        link.path("href").asText()));
            }
        }
    }
}
