package city.hamana.demo.trial;

import city.hamana.demo.city.DemoException;
import city.hamana.demo.city.Plan;
import city.hamana.demo.trial.Known.Meter;
import city.hamana.demo.trial.Known.Reading;
import city.hamana.messages.Quantity;
import city.hamana.messages.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Hourly volumes (SIMULATED) that wait at the nodes. Every one is a function of meter and hour, so that what has come
 * in can be compared with what was measured.
 *
 * @param first instant of the first reading of every meter
 * @param meters of all nodes together, dealt out to them in turn; numbered from 1, as the nodes are
 * @param hours readings of each meter
 */
record Backlog(Instant first, int nodes, int meters, int hours) {
    private static final int MOST_NODES = 64;
    private static final int MOST_METERS_AT_A_NODE = 1_000;
    private static final int MOST_DAYS = 365;
    private static final int LITRES = -3;
    private static final int GOOD = 0;

    /**
     * The days before an instant.
     *
     * @throws DemoException if one of the numbers is out of range
     */
    static Backlog before(Instant now, int nodes, int meters, int days) {
        require("--nodes", nodes, 1, MOST_NODES);
        require("--meters", meters, nodes, nodes * MOST_METERS_AT_A_NODE);
        require("--days", days, 1, MOST_DAYS);
        Instant end = now.truncatedTo(ChronoUnit.HOURS);
        return new Backlog(end.minus(Duration.ofDays(days)), nodes, meters, (int)
                Duration.ofDays(days).toHours());
    }

    long blocks() {
        return (long) nodes * hours;
    }

    long samples() {
        return (long) meters * hours;
    }

    Instant at(int hour) {
        return first.plus(Duration.ofHours(hour));
    }

    /** What the meter's register shows. It never falls: of the 100 of an hour the remainder takes back 96 at most. */
    static long litres(int meter, int hour) {
        return 10_000L * meter + 100L * hour + (7_919L * meter + 104_729L * hour) % 97;
    }

    /** What a node's block of an hour carries. */
    List<Sample> block(int node, int hour) {
        return IntStream.rangeClosed(1, meters)
                .filter(meter -> nodeOf(meter) == node)
                .mapToObj(
                        meter -> new Sample(name(meter), Quantity.VOLUME, at(hour), litres(meter, hour), LITRES, GOOD))
                .toList();
    }

    Meter meter(int number) {
        return new Meter(name(number), number, Plan.node(nodeOf(number)), false);
    }

    /** All that a meter has measured, the oldest first. */
    List<Reading> readings(int meter) {
        return IntStream.range(0, hours)
                .mapToObj(hour -> new Reading(at(hour), litres(meter, hour)))
                .toList();
    }

    private int nodeOf(int meter) {
        return (meter - 1) % nodes + 1;
    }

    private static String name(int meter) {
        return "hmn-%08d".formatted(meter);
    }

    private static void require(String option, int number, int least, int most) {
        if (number < least || number > most) {
            throw DemoException.of(option + " is " + number + ", outside " + least + " to " + most);
        }
    }
}
