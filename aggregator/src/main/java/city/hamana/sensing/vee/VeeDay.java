package city.hamana.sensing.vee;

import city.hamana.platform.html.FieldError;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The page of one meter's day.
 *
 * @param reader who looks, as the event log names an actor
 * @param litres what was typed
 */
public record VeeDay(
        MeterFacts facts,
        LocalDate day,
        boolean validated,
        List<Doubt> doubts,
        List<Hour> hours,
        List<Edit> edits,
        String reader,
        String from,
        String litres,
        String reason,
        List<FieldError> errors) {
    private static final int WIDTH = 720;
    private static final int LEFT = 46;
    private static final int TALL = 220;
    private static final int TOP = 16;
    private static final long LEAST = 1_000;

    /** An hour as it came, and as it counts. */
    public record Hour(Instant at, Use raw, Use counts) {}

    public String address(LocalDate other) {
        return "/staff/water/vee/" + facts.meter() + "?day=" + other;
    }

    /** The largest amount of the day, at least a litre. */
    public long most() {
        long most = LEAST;
        for (Hour hour : hours) {
            most = Math.max(
                    most,
                    Math.max(
                            amount(hour.raw()).orElse(0L), amount(hour.counts()).orElse(0L)));
        }
        return most;
    }

    public static Optional<Long> amount(Use use) {
        return use instanceof Use.Known(var millilitres, var origin) ? Optional.of(millilitres) : Optional.empty();
    }

    public static boolean estimated(Use use) {
        return use instanceof Use.Known known && known.estimated();
    }

    /** The word for where an hour comes from, or why it has no amount. */
    public static String words(Use use) {
        return switch (use) {
            case Use.Known(var millilitres, var origin) -> "vee.origin." + origin.code();
            case Use.Missing() -> "vee.state.missing";
            case Use.Decreased() -> "vee.state.decreased";
            case Use.NotYet() -> "vee.state.not-yet";
        };
    }

    public String slot(int hour) {
        return n(LEFT + hour * slotWidth());
    }

    public String width() {
        return n(slotWidth() * 0.72);
    }

    public String y(long millilitres) {
        return n(TOP + TALL - tall(millilitres));
    }

    public String height(long millilitres) {
        return n(tall(millilitres));
    }

    private double tall(long millilitres) {
        return (double) millilitres / most() * TALL;
    }

    private double slotWidth() {
        return (double) (WIDTH - LEFT) / Math.max(1, hours.size());
    }

    private static String n(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
