package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParentWatchTest {
    @Test
    void theProgramEndsWhenItsInputEndsAndNotBefore() throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (PipedOutputStream parent = new PipedOutputStream()) {
            ParentWatch.start(new PipedInputStream(parent), ended::countDown);
            parent.write("still here".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            parent.flush();
            assertEquals(1, ended.getCount());
        }
        assertTrue(ended.await(10, TimeUnit.SECONDS));
    }
}
