package city.hamana.service.underpass;

import city.hamana.messages.v1.SignAspect;
import city.hamana.platform.html.FieldError;
import city.hamana.platform.http.Form;
import city.hamana.sensing.commands.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What staff have chosen for a sign.
 *
 * @param show {@code closed}, {@code caution}, {@code open} or {@code auto}; empty while nothing is chosen
 * @param minutes how long
 * @param seen whether somebody has looked at the road: asked for before a sign is opened
 */
public record CommandForm(String show, String minutes, boolean silence, boolean seen) {
    /** How long a command may hold, in minutes. */
    public static final List<String> MINUTES = List.of("30", "60", "120", "360", "1440");

    /** What can be commanded, the safest first. */
    public static final List<String> SHOWN = List.of("closed", "caution", "open", "auto");

    static final CommandForm EMPTY = new CommandForm("", "60", false, false);

    private static final Map<String, SignAspect> ASPECTS = Map.of(
            "closed", SignAspect.SIGN_ASPECT_CLOSED,
            "caution", SignAspect.SIGN_ASPECT_CAUTION,
            "open", SignAspect.SIGN_ASPECT_OPEN,
            "auto", SignAspect.SIGN_ASPECT_UNSPECIFIED);

    static CommandForm of(Form form) {
        return new CommandForm(
                form.text("show"),
                form.text("minutes"),
                form.text("silence").equals("yes"),
                form.text("seen").equals("yes"));
    }

    List<FieldError> errors() {
        List<FieldError> errors = new ArrayList<>();
        if (!SHOWN.contains(show)) {
            errors.add(FieldError.of("show", "underpass.error.show"));
        }
        if (!MINUTES.contains(minutes)) {
            errors.add(FieldError.of("minutes", "underpass.error.minutes"));
        }
        if (show.equals("open") && !seen) {
            errors.add(FieldError.of("seen", "underpass.error.seen"));
        }
        return errors;
    }

    Order order(String device) {
        return new Order(device, ASPECTS.get(show), silence, Duration.ofMinutes(Long.parseLong(minutes)));
    }
}
