package city.hamana.service.underpass;

import city.hamana.messages.v1.SignAspect;
import city.hamana.platform.events.Entry;
import city.hamana.platform.html.FieldError;
import city.hamana.sensing.commands.Issued;
import city.hamana.sensing.equipment.Trace;
import java.time.Instant;
import java.util.List;

/**
 * An underpass for the staff.
 *
 * @param level of the water over the last day
 * @param commands the newest first
 * @param mayCommand whether the reader's division may
 * @param typed what was chosen in the form
 */
public record SpotPage(
        Spot spot,
        Trace level,
        List<Issued> commands,
        List<Entry> history,
        boolean mayCommand,
        CommandForm typed,
        List<FieldError> errors,
        Instant now,
        Instant real) {
    /** What a command shows, as the form calls it. */
    public static String shown(SignAspect aspect) {
        return switch (aspect) {
            case SIGN_ASPECT_OPEN, SIGN_ASPECT_CAUTION, SIGN_ASPECT_CLOSED -> Spot.code(aspect);
            case SIGN_ASPECT_UNSPECIFIED, UNRECOGNIZED -> "auto";
        };
    }
}
