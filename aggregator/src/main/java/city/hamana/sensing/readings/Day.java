package city.hamana.sensing.readings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One day of one series while samples are merged into it. */
final class Day {
    private final NavigableMap<Long, Point> points = new TreeMap<>();
    private final List<Clash> clashes = new ArrayList<>();
    private boolean changed;

    /** A point that gave another value than the one held. */
    record Clash(Point kept, Point other) {}

    Day(Collection<Point> held) {
        held.forEach(point -> points.put(point.at(), point));
    }

    MergeResult merge(Point point) {
        Point held = points.get(point.at());
        if (held == null) {
            put(point);
            return new MergeResult(1, 0, 0);
        }
        if (!held.sameValue(point)) {
            clashes.add(new Clash(held, point));
            return new MergeResult(0, 0, 1);
        }
        if (!held.joined(point).equals(held)) {
            put(held.joined(point));
        }
        return new MergeResult(0, 1, 0);
    }

    boolean changed() {
        return changed;
    }

    int size() {
        return points.size();
    }

    List<Clash> clashes() {
        return clashes;
    }

    /**
     * The day as bytes.
     *
     * @throws ReadingsException if it has grown beyond what a row may hold
     */
    byte[] packed(long day) {
        if (points.size() > Packed.MOST_SAMPLES) {
            throw ReadingsException.tooManyInADay(points.size());
        }
        return Packed.pack(day, List.copyOf(points.values()));
    }

    private void put(Point point) {
        points.put(point.at(), point);
        changed = true;
    }
}
