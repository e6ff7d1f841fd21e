package city.hamana.capability.people;

import city.hamana.platform.text.Language;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Accounts of staff: the list, or one of them.
 *
 * @param q what the list is filtered by
 * @param form of the account that is being made or changed
 * @param secret a password just made, shown this once; empty otherwise
 * @param said word of what was just done, empty otherwise
 */
public record StaffPage(
        List<StaffAccount> accounts, List<Department> departments, String q, Typed form, String secret, String said) {
    /** The query that filters the file as the list. */
    public String query() {
        return "q=" + URLEncoder.encode(q, StandardCharsets.UTF_8);
    }

    /** A division's name. */
    public String department(String code, Language language) {
        return departments.stream()
                .filter(department -> department.code().equals(code))
                .map(department -> department.name(language))
                .findFirst()
                .orElse(code);
    }

    public StaffAccount account() {
        return accounts.getFirst();
    }
}
