package city.hamana.service.water;

import city.hamana.platform.html.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bars in SVG units, made ready for the template. Drawn once for a phone and once for a desk, so that letters stay
 * readable on both.
 *
 * @param ticks lines across, from 0 up
 */
public record Chart(Size size, List<Bar> bars, List<Tick> ticks) {
    static final int LEFT = 46;
    static final int TOP = 26;
    static final int BOTTOM = 34;

    private static final long LEAST_SPAN = 4_000;
    private static final double BAR_SHARE = 0.72;
    private static final double LEAST_BAR = 1.5;

    /** For which screen: width and height of the picture, and one label for how many bars of a day and a month. */
    public enum Size {
        PHONE(300, 240, 6, 7),
        DESK(720, 300, 3, 5);

        private final int width;
        private final int height;
        private final int hoursPerLabel;
        private final int daysPerLabel;

        Size(int width, int height, int hoursPerLabel, int daysPerLabel) {
            this.width = width;
            this.height = height;
            this.hoursPerLabel = hoursPerLabel;
            this.daysPerLabel = daysPerLabel;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        int every(Span span) {
            return switch (span) {
                case DAY -> hoursPerLabel;
                case WEEK -> 1;
                case MONTH -> daysPerLabel;
            };
        }
    }

    /**
     * One bar.
     *
     * @param slot left edge of its place, of width {@code slotWidth}
     * @param label for the axis; empty where there is no room
     * @param largest whether its value is written over it
     */
    public record Bar(
            Slice slice,
            double slot,
            double slotWidth,
            double x,
            double width,
            double y,
            double height,
            String label,
            boolean largest) {}

    /** A line across at a round value. */
    public record Tick(double y, long millilitres) {}

    /**
     * Draws slices with one label each.
     *
     * @param labels as many as slices
     */
    static Chart of(Size size, Span span, List<Slice> slices, List<String> labels) {
        long most = slices.stream().mapToLong(Slice::millilitres).max().orElse(0);
        Axis axis = Axis.of(0, (double) most, (double) Math.max(most, LEAST_SPAN));
        double slot = (double) (size.width - LEFT) / Math.max(1, slices.size());
        List<Bar> bars = new ArrayList<>();
        boolean marked = false;
        for (int i = 0; i < slices.size(); i++) {
            Slice slice = slices.get(i);
            boolean largest = !marked && most > 0 && slice.millilitres() == most;
            marked |= largest;
            String label = i % size.every(span) == 0 ? labels.get(i) : "";
            bars.add(bar(size, slice, LEFT + i * slot, slot, axis, label, largest));
        }
        return new Chart(size, bars, ticks(size, axis));
    }

    public int width() {
        return size.width;
    }

    public int height() {
        return size.height;
    }

    public double floor() {
        return (double) size.height - BOTTOM;
    }

    public double ceiling() {
        return TOP;
    }

    public double left() {
        return LEFT;
    }

    private static Bar bar(
            Size size, Slice slice, double slot, double slotWidth, Axis axis, String label, boolean largest) {
        double tall = axis.share((double) slice.millilitres()) * (size.height - TOP - BOTTOM);
        // What was used is seen, however little; nothing used is a bare axis.
        double height = slice.millilitres() > 0 ? Math.max(LEAST_BAR, tall) : 0;
        double width = slotWidth * BAR_SHARE;
        return new Bar(
                slice,
                slot,
                slotWidth,
                slot + (slotWidth - width) / 2,
                width,
                size.height - BOTTOM - height,
                height,
                label,
                largest);
    }

    private static List<Tick> ticks(Size size, Axis axis) {
        return axis.values().stream()
                .map(value -> new Tick(
                        size.height - BOTTOM - axis.share(value) * (size.height - TOP - BOTTOM), Math.round(value)))
                .toList();
    }
}
