package city.hamana.demo.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What city hall's completeness report says of all devices.
 *
 * @param unexplained blocks that are missing and that nobody accounts for
 * @param pending blocks that the edge says to have still
 * @param lines the devices with either, in words
 */
record Completeness(long unexplained, long pending, List<String> lines) {
    private static final String PATH = "/api/v1/completeness";

    /** The report as it is now; nothing missing where this city hall makes none. */
    static Completeness of(CityHall cityHall) throws IOException, InterruptedException {
        long unexplained = 0;
        long pending = 0;
        List<String> lines = new ArrayList<>();
        JsonNode report = cityHall.get(PATH).orElse(MissingNode.getInstance());
        for (JsonNode device : report.path("devices")) {
            long missing = device.path("missing").asLong();
            long waiting = device.path("pending").asLong();
            unexplained += missing;
            pending += waiting;
            if (missing + waiting > 0) {
                lines.add(device.path("device").asText() + ": " + missing + " blocks missing and unexplained, "
                        + waiting + " wait at the edge");
            }
        }
        return new Completeness(unexplained, pending, lines);
    }
}
