package city.hamana.meter.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The measured homes that ship with the simulator; see the attribution file beside the data. */
final class Sample {
    private static final String DATA = "daiad-sample.csv.gz";

    private final Map<String, List<Reading>> homes;

    Sample(Map<String, List<Reading>> homes) {
        this.homes = homes;
    }

    static Sample read() {
        Map<String, List<Reading>> homes = new TreeMap<>();
        try (InputStream packed = Sample.class.getResourceAsStream(DATA);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.US_ASCII))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",");
                homes.computeIfAbsent(cells[0], h -> new ArrayList<>())
                        .add(new Reading(Instant.parse(cells[1]), Long.parseLong(cells[2])));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Sample(homes);
    }

    List<String> homes() {
        return List.copyOf(homes.keySet());
    }

    List<Reading> of(String home) {
        return homes.get(home);
    }

    /** The last instant of all homes: what is to fall just before the city's first day. */
    Instant end() {
        return homes.values().stream()
                .map(readings -> readings.getLast().at())
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
