package city.hamana.platform.module;

/**
 * A column in which a party's id stands. When two entries of one person are joined, its rows follow to the one that stays,
 * and go back if that is undone.
 *
 * @param key of a row: the column that, with the party, names it
 * @param form in which the id stands there
 * @param except another such column, in which the one that stays must not stand already; empty for none
 */
public record PartyColumn(String table, String key, String column, Form form, String except) {
    /** How an id is written. */
    public enum Form {
        /** As text: {@code 1000001}. */
        TEXT,
        /** As a number. */
        NUMBER,
        /** As the event log names an actor: {@code person:1000001}. */
        ACTOR
    }

    public PartyColumn {
        for (String name : new String[] {table, key, column, except + "x"}) {
            if (!name.matches("[a-z][a-z0-9_]{0,60}")) {
                throw new IllegalArgumentException("no name of a table or column: " + name);
            }
        }
    }

    public PartyColumn(String table, String key, String column) {
        this(table, key, column, Form.TEXT, "");
    }

    /** The id as it stands in this column: a text or a number. */
    public Object value(String party) {
        return switch (form) {
            case TEXT -> party;
            case NUMBER -> Long.valueOf(party);
            case ACTOR -> "person:" + party;
        };
    }
}
