package city.hamana.sensing.equipment;

import city.hamana.platform.http.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which equipment is shown; it lives in the address.
 *
 * @param text part of an id, of its device's or of its model, in small letters
 * @param troubled only what wants somebody to look
 */
public record Wish(Optional<Kind> kind, boolean troubled, String text) {
    private static final int LONGEST_TEXT = 64;

    static Wish of(Call call) {
        String text = call.query("q").orElse("").toLowerCase(Locale.ROOT);
        return new Wish(
                call.query("kind").flatMap(Kind::ofCode),
                call.query("troubled").isPresent(),
                text.substring(0, Math.min(LONGEST_TEXT, text.length())));
    }

    List<Item> of(List<Item> items) {
        return items.stream()
                .filter(item -> kind.isEmpty() || kind.get() == item.kind())
                .filter(item -> !troubled || item.troubled())
                .filter(item -> item.id().contains(text)
                        || item.device().contains(text)
                        || item.model().toLowerCase(Locale.ROOT).contains(text))
                .toList();
    }

    /** As a query. */
    public String query() {
        return "?kind=" + kind.map(Kind::code).orElse("") + (troubled ? "&troubled=1" : "") + "&q="
                + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
