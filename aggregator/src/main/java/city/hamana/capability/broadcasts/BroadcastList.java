package city.hamana.capability.broadcasts;

import city.hamana.capability.notices.Channel;
import java.util.List;
import java.util.Map;

/**
 * A division's broadcasts, and how much the whole city has told people.
 *
 * @param month messages that each channel has taken since the first of the month
 * @param year since the first of April
 */
public record BroadcastList(List<Broadcast> broadcasts, Map<Channel, Long> month, Map<Channel, Long> year) {}
