package city.hamana.platform.csv;

/** Cells of a file that a spreadsheet opens, with texts that came from outside. */
public final class Csv {
    private Csv() {}

    /** The text; with a sign before it where a spreadsheet would take it for a formula (OWASP, CSV injection). */
    public static String safe(String text) {
        return text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
    }

    /** A safe text as a quoted cell (RFC 4180). */
    public static String cell(String text) {
        return "\"" + safe(text).replace("\"", "\"\"") + "\"";
    }
}
