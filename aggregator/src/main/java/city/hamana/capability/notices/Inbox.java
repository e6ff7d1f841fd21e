package city.hamana.capability.notices;

import java.util.List;

/**
 * A page of messages.
 *
 * @param home path of the inbox, {@code /me/notices}
 */
public record Inbox(String home, List<Message> messages, int unread, int page, boolean more) {}
