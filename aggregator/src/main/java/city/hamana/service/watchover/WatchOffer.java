package city.hamana.service.watchover;

/**
 * An invitation.
 *
 * @param own whether the reader has written it
 */
public record WatchOffer(String secret, String name, boolean own) {}
