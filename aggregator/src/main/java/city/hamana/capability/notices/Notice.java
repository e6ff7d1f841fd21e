package city.hamana.capability.notices;

import java.util.List;

/**
 * Something to tell somebody.
 *
 * @param words prefix of two of the sender's words: {@code cases.received} has {@code cases.received.subject} and
 *     {@code cases.received.text}
 * @param values what fills their {@code {0}}, {@code {1}} …
 * @param link path on this site where it goes on, or empty
 * @param once the same twice goes out once; at most 200 characters
 * @param letterFrom division that posts a letter where nothing else reaches the recipient, or where the recipient wants
 *     letters; empty for never, as befits all that is not worth a stamp
 */
public record Notice(
        Recipient to, String words, List<String> values, String link, Urgency urgency, String once, String letterFrom) {
    private static final int LONGEST_ONCE = 200;

    /** Without a letter. */
    public Notice(Recipient to, String words, List<String> values, String link, Urgency urgency, String once) {
        this(to, words, values, link, urgency, once, "");
    }

    public Notice {
        values = List.copyOf(values);
        if (once.isEmpty() || once.length() > LONGEST_ONCE || !link.matches("(/[\\x21-\\x7e]{0,299})?")) {
            throw new IllegalArgumentException("a notice has a name of its own and a path of this site: " + once);
        }
    }
}
