package city.hamana.capability.broadcasts;

import city.hamana.capability.notices.Channel;
import city.hamana.platform.text.Language;
import java.util.Map;

/**
 * Whom a broadcast would reach now.
 *
 * @param parties in the segment, without those who said no to the topic
 * @param refused in the segment, who said no
 * @param inboxOnly whom no channel reaches outside of the inbox
 */
public record HeadCount(
        long parties, long refused, long inboxOnly, Map<Channel, Long> first, Map<Language, Long> languages) {
    public HeadCount {
        first = Map.copyOf(first);
        languages = Map.copyOf(languages);
    }
}
