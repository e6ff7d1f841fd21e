package city.hamana.sensor;

import city.hamana.link.Settings;
import city.hamana.link.SettingsException;
import city.hamana.sensor.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the simulated devices until it is told to stop. */
@Command(name = "simulate", description = "Plays a SIMULATED gauge and a SIMULATED analyser on a Modbus line.")
final class Simulate implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Settings of the simulator.")
    private Path config;

    @Override
    public Integer call() throws InterruptedException {
        try (Simulator simulator = Simulator.start(Settings.read(config))) {
            System.out.println("SIMULATED gauge and analyser answer on " + simulator.lines() + " lines");
            new CountDownLatch(1).await();
            return 0;
        } catch (SettingsException | IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
