package city.hamana.service.network;

import city.hamana.platform.html.Axis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over time in SVG units, made ready for the template: a line is broken where nothing is known. Drawn once for a phone and
 * once for a desk, so that letters stay readable on both.
 *
 * @param lines of every series its unbroken stretches
 * @param ticks lines across at round values
 */
public record FlowChart(Size size, List<Series> lines, List<Tick> ticks, List<Label> labels) {
    static final int LEFT = 52;
    static final int RIGHT = 8;
    static final int TOP = 16;
    static final int BOTTOM = 26;
    private static final double LEAST_SPAN = 4e-3;

    /** For which screen. */
    public enum Size {
        PHONE(300, 220, 3),
        DESK(720, 260, 7);

        private final int width;
        private final int height;
        private final int labels;

        Size(int width, int height, int labels) {
            this.width = width;
            this.height = height;
            this.labels = labels;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A series as it is drawn.
     *
     * @param code class of its lines
     * @param stretches points of polylines
     */
    public record Series(String code, List<String> stretches) {}

    /** A line across at a round value. */
    public record Tick(double y, double value) {}

    /** A moment under the axis. */
    public record Label(double x, Instant at) {}

    /**
     * A series as it is known, one value at each of its moments; NaN where nothing is known.
     *
     * @param code class of its lines
     */
    record Values(String code, double[] values) {}

    /**
     * Draws series that have their values at the same moments.
     *
     * @param at the moments, evenly apart
     */
    static FlowChart of(Size size, List<Instant> at, List<Values> series) {
        double most = 0;
        double least = 0;
        for (Values one : series) {
            for (double value : one.values) {
                most = value > most ? value : most;
                least = value < least ? value : least;
            }
        }
        Axis axis = Axis.of(least, most, Math.max(most - least, LEAST_SPAN));
        Scale scale = new Scale(size, at.size(), axis);
        List<Series> lines = series.stream()
                .map(one -> new Series(one.code, stretches(one.values, scale)))
                .toList();
        List<Tick> ticks = axis.values().stream()
                .map(value -> new Tick(scale.y(value), value))
                .toList();
        return new FlowChart(size, lines, ticks, labels(size, at, scale));
    }

    public int width() {
        return size.width;
    }

    public int height() {
        return size.height;
    }

    public int left() {
        return LEFT;
    }

    public int floor() {
        return size.height - BOTTOM;
    }

    private static List<String> stretches(double[] values, Scale scale) {
        List<String> stretches = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                end(line, stretches);
            } else {
                line.append(line.isEmpty() ? "" : " ")
                        .append(Axis.n(scale.x(i)))
                        .append(',')
                        .append(Axis.n(scale.y(values[i])));
            }
        }
        end(line, stretches);
        return stretches;
    }

    /** What stands alone is drawn as a short dash. */
    private static void end(StringBuilder line, List<String> stretches) {
        if (!line.isEmpty()) {
            String points = line.toString();
            int comma = points.indexOf(',');
            boolean alone = points.indexOf(' ') < 0;
            stretches.add(
                    alone
                            ? points + " " + Axis.n(Double.parseDouble(points.substring(0, comma)) + 2)
                                    + points.substring(comma)
                            : points);
            line.setLength(0);
        }
    }

    private static List<Label> labels(Size size, List<Instant> at, Scale scale) {
        List<Label> labels = new ArrayList<>();
        int every = Math.max(1, Math.ceilDiv(at.size(), size.labels));
        for (int i = every / 2; i < at.size(); i += every) {
            labels.add(new Label(scale.x(i), at.get(i)));
        }
        return labels;
    }

    private record Scale(Size size, int count, Axis axis) {
        double x(int place) {
            return LEFT + (double) place / Math.max(1, count - 1) * (size.width - LEFT - RIGHT);
        }

        double y(double value) {
            return size.height - BOTTOM - axis.share(value) * (size.height - TOP - BOTTOM);
        }
    }
}
