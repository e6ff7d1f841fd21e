package city.hamana.demo.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.demo.city.Checkout;
import city.hamana.demo.trial.FaultRun.Order;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short fault run over the real programs; {@code ./hamana faults} does the same for longer. */
class FaultRunTest {
    private static final int ROUNDS = 5;
    private static final long SEED = 3;

    @TempDir
    Path folder;

    @Test
    void aCityThatIsBrokenAgainAndAgainHoldsEveryReadingOnceAndRight() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        FaultRun run = FaultRun.prepare(
                Checkout.installation(), new Order(ROUNDS, SEED, folder.resolve("city"), List.of()), said::add);
        try {
            assertTrue(run.run(), () -> String.join("\n", said));
        } finally {
            run.stop();
        }
        String last = said.getLast();
        assertTrue(
                last.matches(
                        "rounds 5, written [1-9]\\d{2,}, held [1-9]\\d{2,}, lost 0, duplicated 0, wrong 0, unexplained 0"),
                last);
        long begun = said.stream().filter(line -> line.startsWith("round ")).count();
        assertEquals(ROUNDS, begun);
    }
}
