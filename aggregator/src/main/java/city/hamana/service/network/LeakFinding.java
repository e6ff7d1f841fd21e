package city.hamana.service.network;

import java.util.Optional;

/**
 * What was there.
 *
 * @param kind one of {@link Edge#FINDINGS} or {@link Edge#CAUSES}
 * @param litresPerHour as it was measured or judged; empty where nobody could
 * @param place in words; empty where there was no leak
 */
public record LeakFinding(String kind, Optional<Long> litresPerHour, String place) {}
