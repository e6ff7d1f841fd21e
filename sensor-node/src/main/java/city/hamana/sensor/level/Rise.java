package city.hamana.sensor.level;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast the water rises, over the last two minutes, and whether it will close the road soon: by two readings in a row. */
final class Rise {
    private static final long WINDOW_MS = 120_000;
    /** Over less, a millimetre of noise would be a flood. */
    private static final long LEAST_MS = 15_000;

    private static final int MOST_POINTS = 200;

    private record Point(long ms, int mm) {}

    private final Rules rules;
    private final Deque<Point> points = new ArrayDeque<>();
    private boolean soonBefore;
    private boolean rising;
    private long risingUntilMs;

    Rise(Rules rules) {
        this.rules = rules;
    }

    void look(int mm, long nowMs) {
        points.addLast(new Point(nowMs, mm));
        while (points.size() > 2
                && (points.size() > MOST_POINTS || nowMs - points.getFirst().ms() > WINDOW_MS)) {
            points.removeFirst();
        }
        boolean soon = closesSoon(mm);
        if (soon && soonBefore) {
            rising = true;
            risingUntilMs = nowMs + WINDOW_MS;
        } else if (nowMs >= risingUntilMs) {
            rising = false;
        }
        soonBefore = soon;
    }

    /** Nobody knows the depth: what was told stays so. */
    void unknown() {
        points.clear();
        soonBefore = false;
    }

    boolean rising() {
        return rising;
    }

    private boolean closesSoon(int mm) {
        Point first = points.getFirst();
        long elapsed = points.getLast().ms() - first.ms();
        if (mm < rules.riseFromMm() || elapsed < LEAST_MS) {
            return false;
        }
        double perMinute = (mm - first.mm()) * 60_000.0 / elapsed;
        double minutes = (rules.closeMm() - mm) / perMinute;
        return perMinute >= rules.riseLeastMmPerMinute()
                && minutes <= rules.riseWithin().toMillis() / 60_000.0;
    }
}
