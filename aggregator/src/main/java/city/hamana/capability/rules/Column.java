package city.hamana.capability.rules;

/**
 * A column of a table.
 *
 * @param input whether it is asked; else it is answered
 * @param key as programs name it: small letters and dashes
 * @param domain what may come, in the language of the cells; empty for anything
 */
public record Column(boolean input, Type type, String key, String domain) {
    /** What its cells hold. */
    public enum Type {
        ONE_OF("one-of"),
        FLAG("flag"),
        INTEGER("integer"),
        NUMBER("number"),
        DATE("date"),
        TEXT("text"),
        YEN("yen");

        private final String code;

        Type(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** As the head of the file has it. */
    String head() {
        return (input ? "in:" : "out:") + type.code() + ":" + key + (domain.isEmpty() ? "" : ":" + domain);
    }

    /** Whether its values stand on a line, so that "from" and "to" make sense. */
    public boolean line() {
        return type == Type.INTEGER || type == Type.NUMBER || type == Type.DATE;
    }
}
