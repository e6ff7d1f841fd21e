package city.hamana.meter.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Simulated radio meters, hmn-00000201 and on, around a simulated stick. Each says its register, a litre for each ten
 * minutes of the city's time, every some seconds; a neighbour's meter that is nobody's business speaks too.
 */
final class RadioStreet implements AutoCloseable {
    private static final int FIRST_ID = 201;
    private static final int NEIGHBOUR = 299;
    private static final long SECONDS_PER_LITRE = 600;

    private final SimulatedStick stick;
    private final List<RadioMeter> meters = new ArrayList<>();
    private final Clock clock;
    private final ScheduledExecutorService air;

    private RadioStreet(SimulatedStick stick, int count, Clock clock) {
        this.stick = stick;
        this.clock = clock;
        for (int i = 0; i < count; i++) {
            meters.add(new RadioMeter(FIRST_ID + i));
        }
        meters.add(new RadioMeter(NEIGHBOUR));
        this.air = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("air").daemon().factory());
    }

    static RadioStreet open(Path link, int meters, Duration every, Clock clock) throws IOException {
        RadioStreet street = new RadioStreet(SimulatedStick.at(link), meters, clock);
        var unused = street.air.scheduleAtFixedRate(street::speak, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return street;
    }

    /** Nothing is kept for a stick that nobody has opened. */
    private void speak() {
        if (stick.mode() >= 0) {
            long litres = Math.floorDiv(clock.instant().getEpochSecond(), SECONDS_PER_LITRE);
            meters.forEach(meter -> stick.hears(meter.telegram(litres, 0)));
        }
    }

    @Override
    public void close() {
        air.shutdownNow();
        stick.close();
    }
}
