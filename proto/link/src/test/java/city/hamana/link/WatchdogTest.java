package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When systemd is told that the program is alive, and when it is not. */
class WatchdogTest {
    @Test
    void whereNoSystemdWaitsNothingIsTold() {
        assertEquals(Optional.empty(), Watchdog.ofEnvironment());
    }

    @Test
    void afterEachLookThatComesToItsEndSystemdIsTold() throws InterruptedException {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        Thread watching = new Watchdog(told::add).start(() -> "in order", Duration.ofMillis(1));
        assertEquals("WATCHDOG=1", told.poll(20, TimeUnit.SECONDS));
        assertEquals("WATCHDOG=1", told.poll(20, TimeUnit.SECONDS));
        watching.interrupt();
    }

    @Test
    void aLookThatHangsIsToldBySilence() throws InterruptedException {
        List<String> told = new CopyOnWriteArrayList<>();
        CountDownLatch hangs = new CountDownLatch(1);
        Thread watching = new Watchdog(told::add).start(() -> hang(hangs), Duration.ofMillis(1));
        assertTrue(hangs.await(20, TimeUnit.SECONDS));
        watching.interrupt();
        watching.join();
        assertEquals(List.of(), told);
    }

    @Test
    void aLookThatFailsIsToldBySilenceAndTheNextOneCounts() throws InterruptedException {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        CountDownLatch failed = new CountDownLatch(1);
        Thread watching = new Watchdog(told::add)
                .start(
                        () -> {
                            if (failed.getCount() > 0) {
                                failed.countDown();
                                throw new IllegalStateException("a part is gone");
                            }
                            return "in order";
                        },
                        Duration.ofMillis(1));
        assertEquals("WATCHDOG=1", told.poll(20, TimeUnit.SECONDS));
        assertEquals(0, failed.getCount());
        watching.interrupt();
    }

    @Test
    void whoIsAtWorkAllTheTimeTellsItNowAndThen() {
        List<String> told = new CopyOnWriteArrayList<>();
        Watchdog watchdog = new Watchdog(told::add);
        for (int i = 0; i < 1_000; i++) {
            watchdog.alive();
        }
        assertTrue(told.size() >= 1 && told.size() < 1_000, told.size() + " times");
    }

    private static String hang(CountDownLatch hangs) {
        hangs.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return "never";
    }
}
