package city.hamana.capability.broadcasts;

import city.hamana.capability.notices.Announcement;
import city.hamana.capability.notices.Urgency;
import city.hamana.capability.people.Party;
import city.hamana.capability.people.Town;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.text.Language;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The form in which a broadcast is written, as typed.
 *
 * @param id 0 for a new one
 * @param segment JSON that stands instead of the choices below it; empty when the choices count
 * @param offered conditions of other modules
 * @param known which choice of them was made, by the name of the field
 * @param planned {@code 2026-11-23T09:00} in the city's time; empty for as soon as it is approved
 */
public record BroadcastForm(
        long id,
        int version,
        Map<Language, Announcement.Text> texts,
        Topic topic,
        Urgency urgency,
        String link,
        boolean letters,
        String planned,
        Set<String> towns,
        String ageFrom,
        String ageTo,
        Set<Language> languages,
        String kind,
        String segment,
        List<Town> allTowns,
        List<Offered> offered,
        Map<String, String> known,
        List<FieldError> errors) {

    public Announcement.Text text(Language language) {
        return texts.getOrDefault(language, new Announcement.Text("", ""));
    }

    public boolean isKind(Party.Kind other) {
        return kind.equals(other == Party.Kind.PERSON ? "person" : "business");
    }
}
