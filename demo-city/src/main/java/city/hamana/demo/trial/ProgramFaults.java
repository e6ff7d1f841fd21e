package city.hamana.demo.trial;

import city.hamana.demo.city.DemoCity;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Faults of whole programs: pulled plugs and programs that hang. */
final class ProgramFaults {
    private static final Duration RESTART_LIMIT = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MS = 20;

    private final DemoCity city;

    ProgramFaults(DemoCity city) {
        this.city = city;
    }

    Fault.Healing kill(Step step) {
        kill(step.target());
        return Fault.Healing.NOTHING_TO_HEAL;
    }

    Fault.Healing killTwo(Step step) {
        kill(step.target());
        kill(step.second());
        return Fault.Healing.NOTHING_TO_HEAL;
    }

    /** The second time somewhere between its first instruction and its first work. */
    Fault.Healing killAgain(Step step) throws InterruptedException {
        long before = city.pid(step.target());
        kill(step.target());
        await(() -> city.pid(step.target()) != before, RESTART_LIMIT);
        Thread.sleep(step.random().nextInt(100, 2_500));
        kill(step.target());
        return Fault.Healing.NOTHING_TO_HEAL;
    }

    /** It holds its connections and says nothing. */
    Fault.Healing stall(Step step) throws InterruptedException {
        String pid = Long.toString(city.pid(step.target()));
        Command.run("kill", "-STOP", pid);
        return () -> Command.run("kill", "-CONT", pid);
    }

    private void kill(String program) {
        ProcessHandle.of(city.pid(program)).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Waits for something that should come soon; the run goes on in any case. */
    static void await(BooleanSupplier condition, Duration most) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < until) {
            Thread.sleep(LOOK_EVERY_MS);
        }
    }
}
