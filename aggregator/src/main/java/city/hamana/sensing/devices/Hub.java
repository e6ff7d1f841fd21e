package city.hamana.sensing.devices;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Hands each change to whoever watches. A watcher's queue holds one list: when it is slow, the newer list takes the
 * older one's place, so that nobody makes anybody wait.
 */
final class Hub {
    private static final int MOST_WATCHERS = 200;

    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    /** One who watches; to be closed. */
    final class Watcher implements Closeable {
        private final BlockingQueue<List<Device>> news = new ArrayBlockingQueue<>(1);

        /** The newest list that has not been taken yet; empty when none comes in time. */
        Optional<List<Device>> next(long waitMs) {
            try {
                return Optional.ofNullable(news.poll(waitMs, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            watchers.remove(this);
        }

        private synchronized void put(List<Device> devices) {
            news.poll();
            news.add(devices);
        }
    }

    /** Empty when too many watch already. */
    synchronized Optional<Watcher> watch() {
        if (watchers.size() >= MOST_WATCHERS) {
            return Optional.empty();
        }
        Watcher watcher = new Watcher();
        watchers.add(watcher);
        return Optional.of(watcher);
    }

    void publish(List<Device> devices) {
        watchers.forEach(watcher -> watcher.put(devices));
    }

    int watching() {
        return watchers.size();
    }
}
