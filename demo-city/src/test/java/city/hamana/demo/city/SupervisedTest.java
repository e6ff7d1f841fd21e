package city.hamana.demo.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();

    private Supervised start(String... arguments) {
        return Children.start("child", folder, reports::add, arguments);
    }

    private String report() throws InterruptedException {
        String line = reports.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertNotEquals(null, line, "no report in time");
        return line;
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "not within " + LIMIT);
            Thread.sleep(20);
        }
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private String log() {
        try {
            Path file = folder.resolve("child.log");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aProgramThatEndsByItselfIsReportedWithItsLastWordsAndStartedAgain() throws Exception {
        try (Supervised child = start("crash")) {
            String first = report();
            assertTrue(first.startsWith("child ended with code 3 (something is wrong); it starts again in "), first);
            report();
            assertTrue(child.failures() >= 2);
        }
    }

    @Test
    void aKilledProgramComesBackAsANewProcess() throws Exception {
        try (Supervised child = start("until-eof")) {
            until(() -> log().contains("started"));
            long before = child.pid();
            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            assertTrue(report().contains("ended with code 137"));
            until(() -> child.pid() != before && alive(child.pid()));
        }
    }

    @Test
    void aProgramThatIsHeldDownComesBackOnlyWhenItIsReleased() throws Exception {
        try (Supervised child = start("until-eof")) {
            long before = child.pid();
            child.hold();
            assertFalse(alive(before));
            assertTrue(report().contains("ended with code 137"));
            assertEquals(before, child.pid());
            child.release();
            until(() -> child.pid() != before && alive(child.pid()));
        }
    }

    @Test
    void aProgramThatIsHeldDownCanBeStopped() throws Exception {
        Supervised child = start("until-eof");
        child.hold();
        child.close();
        assertFalse(alive(child.pid()));
    }

    @Test
    void aStoppedProgramIsAskedFirstAndDoesNotComeBack() throws Exception {
        Supervised child = start("stubborn", folder.resolve("noted").toString());
        until(() -> log().contains("started"));
        long pid = child.pid();
        child.close();
        assertFalse(alive(pid));
        assertEquals("asked to stop", Files.readString(folder.resolve("noted")));
        assertEquals(List.of(), List.copyOf(reports));
    }

    @Test
    void aProgramWhoseSupervisorIsKilledNoticesByTheEndOfItsInput() throws Exception {
        Supervised parent = start("parent", folder.toString());
        Path noted = folder.resolve("grandchild");
        until(() -> Files.exists(noted));
        long grandchild = Long.parseLong(Files.readString(noted));
        assertTrue(alive(grandchild));
        long killed = parent.pid();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        until(() -> !alive(grandchild));
        parent.close();
    }

    @Test
    void theLogOfAProgramStaysWithinItsLimit() throws Exception {
        try (Supervised child = start("chatty")) {
            until(() -> child.lastLine().startsWith("line 1999"));
            assertTrue(Files.size(folder.resolve("child.log")) <= 20_000);
            assertTrue(Files.size(folder.resolve("child.log.1")) <= 20_000);
            assertTrue(log().contains("line 1999"));
        }
    }

    @Test
    void aProgramThatCannotStartEndsTheWaitWithItsReason() throws Exception {
        try (Supervised child = start("crash")) {
            DemoException fault = assertThrows(DemoException.class, () -> Processes.await(child, () -> false, LIMIT));
            assertEquals("child does not start: something is wrong", fault.getMessage());
        }
    }

    @Test
    void aProgramThatNeverAnswersEndsTheWaitInTime() throws Exception {
        try (Supervised child = start("until-eof")) {
            DemoException fault =
                    assertThrows(DemoException.class, () -> Processes.await(child, () -> false, Duration.ofMillis(50)));
            assertTrue(fault.getMessage().contains("does not answer within"));
        }
    }
}
