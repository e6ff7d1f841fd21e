package city.hamana.capability.notices;

/** How soon a message must be read. */
public enum Urgency {
    /** Whenever the recipient looks; not in quiet hours. */
    ORDINARY,
    /** Within the day: not in quiet hours, and by the next channel if it stays unread for three hours. */
    PROMPT,
    /** Now: at any hour, by every channel at once. */
    EMERGENCY,
    /** Somebody waits for it to sign in: at any hour, and forgotten here once it was sent. */
    CODE;

    boolean waits() {
        return this == ORDINARY || this == PROMPT;
    }
}
