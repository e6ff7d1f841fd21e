package city.hamana.sensing.devices;

import city.hamana.platform.http.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which devices are shown; it lives in the address.
 *
 * @param text part of an id or of a gateway's id, in small letters; may be empty
 */
public record Filter(Optional<State> state, String text) {
    private static final int LONGEST_TEXT = 64;

    static Filter of(Call call) {
        String text = call.query("q").orElse("").toLowerCase(Locale.ROOT);
        return new Filter(
                call.query("state").flatMap(State::ofCode), text.substring(0, Math.min(LONGEST_TEXT, text.length())));
    }

    List<Device> of(List<Device> devices) {
        return devices.stream()
                .filter(d -> state.isEmpty() || state.get() == d.state())
                .filter(d -> d.id().contains(text) || d.gateway().contains(text))
                .toList();
    }

    /** As a query, {@code ?state=cut&q=gw}. */
    public String query(Optional<State> otherState) {
        return "?state=" + otherState.map(State::code).orElse("") + "&q="
                + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
