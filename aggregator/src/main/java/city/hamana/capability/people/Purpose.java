package city.hamana.capability.people;

/**
 * Why personal data are read. It goes into the event log, and the person concerned sees it.
 *
 * @param code {@code module.what-for}: {@code cases.examine}; its words stand at {@code cases.purpose.examine}
 * @param reference what it is about, {@code case:2026-000123}; empty when nothing
 */
public record Purpose(String code, String reference) {
    private static final int LONGEST_REFERENCE = 100;

    public Purpose {
        if (!code.matches("[a-z]{2,20}\\.[a-z0-9-]{1,40}") || reference.length() > LONGEST_REFERENCE) {
            throw new IllegalArgumentException("a purpose is module.what-for, with a short reference, not " + code);
        }
    }

    /** Key of the purpose's words. */
    public static String words(String code) {
        return code.replaceFirst("\\.", ".purpose.");
    }
}
