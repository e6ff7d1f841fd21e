package city.hamana.capability.cases;

/**
 * A kind of case, as a service registers it at its start.
 *
 * @param code {@code road-report}
 * @param words key of its name
 * @param residentPage path of a case's page for residents; the case's id is put after it: {@code /cases/}
 * @param staffPage the same for staff: {@code /staff/cases/}
 */
public record Kind(String code, Course course, String words, String residentPage, String staffPage) {
    public Kind {
        if (!code.matches("[a-z][a-z0-9-]{1,39}")) {
            throw new IllegalArgumentException("a kind of case is called by small letters and dashes, not " + code);
        }
    }
}
