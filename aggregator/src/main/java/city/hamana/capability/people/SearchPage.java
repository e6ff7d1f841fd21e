package city.hamana.capability.people;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Staff's search.
 *
 * @param purposes codes to choose from
 * @param asked whether something was searched for
 */
public record SearchPage(
        List<String> purposes, Typed form, boolean asked, List<Party> found, boolean admin, boolean merges) {
    /** The query that carries the purpose on to a party's page. */
    public String why() {
        return "purpose=" + form.value("purpose") + "&reference="
                + URLEncoder.encode(form.value("reference"), StandardCharsets.UTF_8);
    }
}
