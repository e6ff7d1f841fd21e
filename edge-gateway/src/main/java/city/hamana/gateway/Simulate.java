package city.hamana.gateway;

import city.hamana.gateway.simulator.Simulator;
import city.hamana.link.Settings;
import city.hamana.link.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs simulated access points until it is told to stop. */
@Command(name = "simulate", description = "Plays SIMULATED access points and Wi-Fi controllers: SNMP on UDP ports.")
final class Simulate implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Settings of the simulator.")
    private Path config;

    @Override
    public Integer call() throws InterruptedException {
        try (Simulator simulator = Simulator.start(Settings.read(config))) {
            System.out.println("SIMULATED access points answer on UDP ports " + simulator.ports());
            new CountDownLatch(1).await();
            return 0;
        } catch (SettingsException | IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
