package city.hamana.sensing.equipment;

import city.hamana.platform.html.Axis;
import city.hamana.sensing.equipment.Trace.Mark;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A trace in SVG units, made ready for the template: a line that is broken where nothing is known. Of many values in one
 * column of the picture the least and the greatest are drawn, so that no peak is lost.
 */
public record Curve(Size size, List<String> lines, List<Tick> ticks, List<Label> labels, List<Across> across) {
    static final int LEFT = 48;
    static final int RIGHT = 8;
    static final int TOP = 16;
    static final int BOTTOM = 26;

    /** A pause this many times as long as the usual one is a gap. */
    private static final int GAP_FACTOR = 4;

    private static final double FLAT = 0.2;
    /** What hardly changes is not drawn as if it did: the axis spans at least these shares of the greatest value. */
    private static final double LEAST_SPAN = 0.25;

    private static final double LEAST_SPAN_OF_FLAT = 0.005;
    private static final Duration LEAST_GAP = Duration.ofMinutes(3);

    /** For which screen. */
    public enum Size {
        PHONE(300, 200, 3),
        DESK(720, 240, 8);

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

    /** A line across at a round value. */
    public record Tick(double y, double value) {}

    /** A moment under the axis. */
    public record Label(double x, Instant at) {}

    /** A limit across. */
    public record Across(double y, double value, String words) {}

    static Curve of(Trace trace, Size size) {
        Scale scale = Scale.of(trace, size);
        List<Across> across = new ArrayList<>();
        for (int i = 0; i < trace.limits().size(); i++) {
            double limit = trace.limits().get(i);
            if (limit >= scale.axis.bottom() && limit <= scale.axis.top()) {
                across.add(new Across(scale.y(limit), limit, trace.words().get(i)));
            }
        }
        return new Curve(size, lines(trace, scale), scale.ticks(), scale.labels(), across);
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

    private static List<String> lines(Trace trace, Scale scale) {
        long gap = gapMs(trace.marks());
        List<String> lines = new ArrayList<>();
        List<Mark> stretch = new ArrayList<>();
        for (Mark mark : trace.marks()) {
            if (!stretch.isEmpty()
                    && Duration.between(stretch.getLast().at(), mark.at()).toMillis() > gap) {
                lines.add(line(stretch, trace.stepped(), scale));
                stretch.clear();
            }
            stretch.add(mark);
        }
        if (!stretch.isEmpty()) {
            lines.add(line(stretch, trace.stepped(), scale));
        }
        return lines;
    }

    private static String line(List<Mark> stretch, boolean stepped, Scale scale) {
        StringBuilder path = new StringBuilder();
        double before = Double.NaN;
        for (Mark mark : thinned(stretch, scale)) {
            double x = scale.x(mark.at());
            double y = scale.y(mark.value());
            if (stepped && !path.isEmpty()) {
                path.append(' ').append(Axis.n(x)).append(',').append(Axis.n(before));
            }
            path.append(path.isEmpty() ? "" : " ").append(Axis.n(x)).append(',').append(Axis.n(y));
            before = y;
        }
        if (stretch.size() == 1) {
            path.append(' ')
                    .append(Axis.n(scale.x(stretch.getFirst().at()) + 1))
                    .append(',')
                    .append(Axis.n(before));
        }
        return path.toString();
    }

    /** Of each column of the picture the first, the least, the greatest and the last. */
    private static List<Mark> thinned(List<Mark> stretch, Scale scale) {
        List<Mark> thinned = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= stretch.size(); i++) {
            boolean ends = i == stretch.size() || scale.column(stretch.get(i)) != scale.column(stretch.get(from));
            if (ends) {
                addColumn(thinned, stretch.subList(from, i));
                from = i;
            }
        }
        return thinned;
    }

    private static void addColumn(List<Mark> thinned, List<Mark> column) {
        Mark least = column.getFirst();
        Mark most = column.getFirst();
        for (Mark mark : column) {
            least = mark.value() < least.value() ? mark : least;
            most = mark.value() > most.value() ? mark : most;
        }
        boolean upwards = least.at().isBefore(most.at());
        for (Mark mark : List.of(column.getFirst(), upwards ? least : most, upwards ? most : least, column.getLast())) {
            if (thinned.isEmpty() || !thinned.getLast().equals(mark)) {
                thinned.add(mark);
            }
        }
    }

    private static long gapMs(List<Mark> marks) {
        List<Long> pauses = new ArrayList<>();
        for (int i = 1; i < marks.size(); i++) {
            pauses.add(
                    Duration.between(marks.get(i - 1).at(), marks.get(i).at()).toMillis());
        }
        pauses.sort(null);
        long usual = pauses.isEmpty() ? 0 : pauses.get(pauses.size() / 2);
        return Math.max(LEAST_GAP.toMillis(), GAP_FACTOR * usual);
    }

    /** Where values and moments lie in the picture. */
    private record Scale(Size size, Instant from, Instant to, Axis axis) {
        static Scale of(Trace trace, Size size) {
            var values = trace.marks().stream().mapToDouble(Mark::value).summaryStatistics();
            double most = values.getCount() == 0 ? 1 : values.getMax();
            double least = values.getCount() == 0 ? 0 : values.getMin();
            boolean flat = least > 0 && most - least < FLAT * most;
            double low = flat ? least : Math.min(0, least);
            double span = Math.max(most - low, Math.abs(most) * (flat ? LEAST_SPAN_OF_FLAT : LEAST_SPAN));
            return new Scale(size, trace.from(), trace.to(), Axis.of(low, most, span));
        }

        double x(Instant at) {
            double share = (double) Duration.between(from, at).toMillis()
                    / Duration.between(from, to).toMillis();
            return LEFT + share * (size.width - LEFT - RIGHT);
        }

        double y(double value) {
            return size.height - BOTTOM - axis.share(value) * (size.height - TOP - BOTTOM);
        }

        long column(Mark mark) {
            return Math.round(x(mark.at()));
        }

        List<Tick> ticks() {
            return axis.values().stream()
                    .map(value -> new Tick(y(value), value))
                    .toList();
        }

        /** At full hours, or at midnights where days are shown. */
        List<Label> labels() {
            long hours = Duration.between(from, to).toHours();
            long every = Math.max(1, Math.ceilDiv(hours, size.labels));
            boolean days = every >= 24;
            ZonedDateTime at =
                    from.atZone(ZoneId.of("Asia/Tokyo")).truncatedTo(days ? ChronoUnit.DAYS : ChronoUnit.HOURS);
            List<Label> labels = new ArrayList<>();
            while (at.toInstant().isBefore(to)) {
                if (at.toInstant().isAfter(from) && x(at.toInstant()) < size.width - 20) {
                    labels.add(new Label(x(at.toInstant()), at.toInstant()));
                }
                at = days ? at.plusDays(Math.ceilDiv(every, 24)) : at.plusHours(every);
            }
            return labels;
        }
    }
}
