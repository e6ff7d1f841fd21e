package city.hamana.platform.html;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The upright axis of a chart, from one round value to another.
 *
 * @param step between two lines across: 1, 2 or 5 times a power of ten
 */
public record Axis(double bottom, double top, double step) {
    private static final int STEPS = 4;
    private static final double LEAST_SPAN = 1e-6;

    /**
     * The shortest axis that holds what is drawn.
     *
     * @param span what four steps reach over at least
     */
    public static Axis of(double least, double most, double span) {
        double step = round(Math.max(span, LEAST_SPAN) / STEPS);
        double bottom = Math.floor(least / step) * step;
        return new Axis(bottom, Math.max(bottom + step, Math.ceil(most / step) * step), step);
    }

    private static double round(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double times = least / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }

    /** Where lines go across, upwards. */
    public List<Double> values() {
        return IntStream.rangeClosed(0, (int) Math.round((top - bottom) / step))
                .mapToObj(i -> bottom + i * step)
                .toList();
    }

    /** How far up a value lies: 0 at the bottom, 1 at the top. */
    public double share(double value) {
        return (value - bottom) / (top - bottom);
    }

    /** A length fit for an attribute of SVG: one decimal. */
    public static String n(double length) {
        return String.format(Locale.ROOT, "%.1f", length);
    }
}
