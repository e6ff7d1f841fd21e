package city.hamana.service.roads;

import city.hamana.capability.cases.State;
import city.hamana.capability.maps.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A report as it stands. What its sender wrote ({@code landmark}, {@code detail}, the answers in words) is for staff; the
 * public reads {@code shownText}, which staff made from it.
 *
 * @param id the case's number
 * @param language code in which its sender reads
 * @param source {@code web}, {@code staff} or {@code open311}
 * @param shownPhoto id of the file that everybody may see; empty for none
 * @param supports how many others said the same
 * @param reason why it was closed; empty text while it is open
 */
public record Report(
        String id,
        String category,
        Optional<Place> place,
        String landmark,
        String detail,
        Map<String, List<String>> answers,
        String language,
        String source,
        String owner,
        String mediaUrl,
        String shownText,
        String shownPhoto,
        int supports,
        State state,
        String department,
        Instant opened,
        Instant changed,
        Optional<Instant> due,
        String mergedInto,
        String reason,
        Order order) {

    /**
     * What a crew or a firm is asked to do.
     *
     * @param until day as {@code 2026-07-03}; may be empty
     */
    public record Order(String to, String until, String work) {
        public static final Order NONE = new Order("", "", "");

        public boolean given() {
            return !to.isEmpty() || !work.isEmpty();
        }
    }

    public boolean overdue(Instant now) {
        return state.open() && due.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** Whether its road is looked after by somebody outside the city hall. */
    public boolean foreign() {
        return owner.equals("national") || owner.equals("prefectural");
    }

    String subject() {
        return "case:" + id;
    }

    /** Of its point on the map. */
    String featureId() {
        return "road-report-" + id;
    }
}
