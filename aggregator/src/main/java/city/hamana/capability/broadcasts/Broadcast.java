package city.hamana.capability.broadcasts;

import city.hamana.capability.notices.Announcement;
import city.hamana.capability.notices.Urgency;
import city.hamana.platform.text.Language;
import java.time.Instant;
import java.util.Map;

/**
 * A message to many.
 *
 * @param version of its content: whoever approves, approves this one
 * @param department whose it is
 * @param author as the event log names actors
 * @param texts one in every language, perhaps empty in a draft
 * @param letters whether the division posts letters to whom nothing else reaches
 * @param planned not sent before
 * @param reached id of the last party that was looked at while sending
 * @param remark why it was returned; empty when it was not
 */
public record Broadcast(
        long id,
        int version,
        State state,
        String department,
        String author,
        Map<Language, Announcement.Text> texts,
        Segment segment,
        Topic topic,
        Urgency urgency,
        String link,
        boolean letters,
        Instant planned,
        String approver,
        long reached,
        String remark) {
    public Broadcast {
        texts = Map.copyOf(texts);
    }

    public Announcement.Text text(Language language) {
        return texts.getOrDefault(language, new Announcement.Text("", ""));
    }

    /** The division that posts letters; empty for none. */
    String letterFrom() {
        return letters ? department : "";
    }

    /** How the names of its messages begin. */
    String once() {
        return "broadcast:" + id + ":";
    }
}
