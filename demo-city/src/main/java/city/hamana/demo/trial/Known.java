package city.hamana.demo.trial;

import city.hamana.demo.city.Plan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The simulated meters' values, computed a second time from the description in the meter node's README and not from the
 * simulator's code.
 *
 * @param since the first instant
 * @param every distance of the readings that a logged meter keeps
 * @param perBus meters on each of the two buses, the last {@code timeless} of them without time and memory
 */
record Known(Instant since, Duration every, int perBus, int timeless) {
    /** One meter, the node that reads it, and whether its telegrams carry no time. */
    record Meter(String name, int id, String node, boolean isTimeless) {}

    /** A value and the instant at which it was true. */
    record Reading(Instant at, long litres) {}

    List<Meter> meters() {
        List<Meter> meters = new ArrayList<>();
        for (int bus = 1; bus <= 2; bus++) {
            for (int address = 1; address <= perBus; address++) {
                int id = 1_000 * bus + address;
                String node = bus == 1 ? Plan.NODE_1 : Plan.NODE_2;
                meters.add(new Meter("hmn-%08d".formatted(id), id, node, address > perBus - timeless));
            }
        }
        return meters;
    }

    /** What a node has acknowledged to the meter, from the meter's memory. */
    List<Reading> written(Meter meter, Path memory) throws IOException {
        Path file = memory.resolve(meter.name());
        try {
            return meter.isTimeless() ? noted(file) : logged(meter, file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** When a value was true; at a value that the meter never had, an instant long before the first. */
    Instant truth(Meter meter, long litres) {
        if (meter.isTimeless()) {
            return since.plusSeconds(litres);
        }
        for (long place = Math.max(0, litres / 100 - 1); place <= litres / 100; place++) {
            if (litres(meter, place) == litres) {
                return at(place);
            }
        }
        return Instant.EPOCH;
    }

    static boolean near(Instant one, Instant other, Duration tolerance) {
        return Duration.between(one, other).abs().compareTo(tolerance) <= 0;
    }

    private List<Reading> noted(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(Long::parseLong)
                .map(seconds -> new Reading(since.plusSeconds(seconds), seconds))
                .toList();
    }

    private List<Reading> logged(Meter meter, Path file) throws IOException {
        byte[] count = Files.readAllBytes(file);
        List<Reading> readings = new ArrayList<>();
        long places = count.length < Long.BYTES ? 0 : ByteBuffer.wrap(count).getLong();
        for (long place = 0; place < places; place++) {
            readings.add(new Reading(at(place), litres(meter, place)));
        }
        return readings;
    }

    private Instant at(long place) {
        return since.plus(every.multipliedBy(place));
    }

    private static long litres(Meter meter, long place) {
        return 100 * place + (7_919L * meter.id() + 104_729L * place) % 97;
    }
}
