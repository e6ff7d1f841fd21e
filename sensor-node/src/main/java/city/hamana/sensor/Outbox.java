package city.hamana.sensor;

import city.hamana.link.Counters;
import city.hamana.messages.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Samples between those who measure and the journal. Whoever measures never waits: where it is full, the oldest go. */
final class Outbox {
    /** A day of a wet underpass with two gauges. */
    static final int MOST_SAMPLES = 30_000;

    private static final long PATIENCE_MS = 500;

    /** Samples in the order they were taken. */
    record Letter(List<Sample> samples, boolean alarm) {}

    private final Counters counters;
    private final Deque<Sample> waiting = new ArrayDeque<>();
    private boolean alarm;
    private int open;

    Outbox(Counters counters) {
        this.counters = counters;
    }

    /** More samples; with an alarm, they are kept and sent before everything else. */
    synchronized void put(List<Sample> samples, boolean alarming) {
        samples.forEach(waiting::addLast);
        alarm |= alarming;
        while (waiting.size() > MOST_SAMPLES) {
            waiting.removeFirst();
            open = Math.max(0, open - 1);
            counters.count("samples.dropped");
        }
        notifyAll();
    }

    /** All that waits, which stays until it is said to be {@link #kept}; empty after half a second without any. */
    synchronized Letter open() throws InterruptedException {
        long until = System.nanoTime() + PATIENCE_MS * 1_000_000;
        for (long left = PATIENCE_MS; waiting.isEmpty() && left > 0; left = (until - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        open = waiting.size();
        return new Letter(new ArrayList<>(waiting), alarm);
    }

    /** What was opened last is in the journal. */
    synchronized void kept() {
        for (; open > 0; open--) {
            waiting.removeFirst();
        }
        // What came meanwhile keeps its alarm until the next letter.
        alarm &= !waiting.isEmpty();
    }
}
