package city.hamana.sensing.settings;

import city.hamana.messages.v1.SettingsState;
import java.util.List;
import java.util.Map;

/**
 * What the page of a device's settings shows.
 *
 * @param state as the device last told it
 * @param typed values in the form's fields, by key
 * @param wrong keys whose value cannot be; nothing was issued then
 */
public record SettingsPage(
        String device,
        boolean gateway,
        SettingsState state,
        List<Key> keys,
        Map<String, String> typed,
        List<Key> wrong,
        long minutes,
        List<Version> versions) {
    public String typed(Key key) {
        return typed.getOrDefault(key.word(), "");
    }
}
