package city.hamana.sensor.simulator;

import city.hamana.link.ParentWatch;
import city.hamana.link.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** SIMULATED devices of an underpass and a water works on one Modbus line: a radar gauge and an analyser. */
public final class Simulator implements AutoCloseable {
    /**
     * The simulator's settings.
     *
     * @param port TCP port; 0: none
     * @param serial a serial port or one end of a pseudo-terminal, beside or instead of it
     * @param mountMm height of the radar over the lowest point of the road
     */
    record Site(
            InetAddress host,
            int port,
            Optional<Path> serial,
            int baud,
            int gaugeUnit,
            int analyserUnit,
            int mountMm,
            Story story,
            Clock clock) {
        static Site of(Settings settings) {
            Site site = new Site(
                    settings.parsed("host", "127.0.0.1", "a host", Site::host),
                    (int) settings.number("port", 0, 0, 65_535),
                    settings.optional("serial").map(any -> settings.path("serial")),
                    (int) settings.number("baud", 9_600, 300, 921_600),
                    (int) settings.number("gauge-unit", 1, 1, 247),
                    (int) settings.number("analyser-unit", 2, 1, 247),
                    (int) settings.number("gauge-mount-mm", 4_500, 100, 30_000),
                    Story.of(settings),
                    settings.clock());
            ParentWatch.startIfWanted(settings);
            settings.done();
            return site;
        }

        private static InetAddress host(String name) {
            try {
                return InetAddress.getByName(name);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        }

        /** The gauge's one register is its distance from what is below it, in millimetres. */
        Map<Integer, Supplier<int[]>> units() {
            return Map.of(
                    gaugeUnit, () -> new int[] {mountMm - (int) Math.round(story.depthMm(clock.instant()))},
                    analyserUnit, () -> WaterWorks.registers(clock.instant()));
        }
    }

    private final List<Slave> slaves;

    private Simulator(List<Slave> slaves) {
        this.slaves = slaves;
    }

    /** Starts what a settings file describes. */
    public static Simulator start(Settings settings) throws IOException {
        Site site = Site.of(settings);
        List<Slave> slaves = new ArrayList<>();
        if (site.port() > 0) {
            slaves.add(Slave.tcp(site.host(), site.port(), site.units()));
        }
        if (site.serial().isPresent()) {
            slaves.add(Slave.serial(site.serial().get(), site.baud(), site.units()));
        }
        if (slaves.isEmpty()) {
            throw new IllegalArgumentException("neither port nor serial is set: nobody could ask the devices");
        }
        return new Simulator(slaves);
    }

    /** On how many lines they answer. */
    public int lines() {
        return slaves.size();
    }

    @Override
    public void close() {
        slaves.forEach(Slave::close);
    }
}
