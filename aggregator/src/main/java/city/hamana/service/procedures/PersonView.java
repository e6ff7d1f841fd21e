package city.hamana.service.procedures;

import city.hamana.capability.people.Party;
import city.hamana.platform.html.FieldError;
import java.util.List;

/**
 * Looking for a person.
 *
 * @param registered id of the party that was just registered; empty for none
 */
public record PersonView(
        Procedure procedure,
        String text,
        List<Party> found,
        String registered,
        List<String> documents,
        List<FieldError> errors,
        String name,
        String kana,
        String born) {}
