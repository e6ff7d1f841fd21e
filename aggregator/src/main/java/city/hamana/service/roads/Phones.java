package city.hamana.service.roads;

import city.hamana.capability.people.Department;
import city.hamana.platform.html.Page;
import java.util.List;

/**
 * Whom to telephone when it is dangerous now.
 *
 * @param office number of the road division, or of the city's help; empty when none is known
 */
public record Phones(String office) {
    /** Police, fire brigade, and the state's line for roads of every owner (道路緊急ダイヤル). */
    public static final List<String> EVERYWHERE = List.of("110", "119", "#9910");

    static Phones of(List<Department> departments, Page page) {
        return new Phones(departments.stream()
                .filter(d -> d.code().equals("doboku") && !d.phone().isEmpty())
                .map(Department::phone)
                .findFirst()
                .orElse(page.frame().helpPhone()));
    }

    /** For {@code tel:} links: digits and what telephones take beside them. */
    public static String link(String number) {
        return "tel:" + number.replaceAll("[^0-9+#]", "").replace("#", "%23");
    }
}
