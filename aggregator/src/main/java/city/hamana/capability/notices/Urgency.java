package city.hamana.capability.notices;

/** How soon a message must be read. */
public enum Urgency {
    /** Whenever the recipient looks; not in quiet hours. */
    ORDINARY,
    /** Within the day: not in quiet hours, and by the next channel if it stays unread for three hours. */
    PROMPT,
    /** Now: at any hour, by every channel at once. */
    EMERGENCY
}
