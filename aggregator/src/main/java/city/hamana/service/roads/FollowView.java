package city.hamana.service.roads;

/**
 * A subscription by mail.
 *
 * @param said {@code confirmed} or {@code stopped} when that was just done
 */
public record FollowView(String token, String report, String mail, boolean confirmed, String said) {}
