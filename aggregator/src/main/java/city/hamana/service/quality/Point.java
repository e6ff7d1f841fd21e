package city.hamana.service.quality;

import java.time.Instant;

/**
 * A place where drinking water is looked at.
 *
 * @param id of the analyser that stands there
 * @param kind of chlorine that is measured: {@code free} or {@code combined}
 * @param flowM3h water that flows by, m³/h; 0 when it is not known
 * @param raised whether the raised limit holds, because contamination is feared
 * @param why the raised limit holds; else empty
 * @param verdict what was last found
 * @param since when it was first found so
 */
public record Point(
        String id, String name, String kind, int flowM3h, boolean raised, String why, Verdict verdict, Instant since) {
    /** As the event log names it as a subject. */
    String subject() {
        return "quality:" + id;
    }

    Point found(Verdict now, Instant at) {
        return new Point(id, name, kind, flowM3h, raised, why, now, at);
    }
}
