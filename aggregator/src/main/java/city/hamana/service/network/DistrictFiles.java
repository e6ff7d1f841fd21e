package city.hamana.service.network;

import city.hamana.capability.maps.Place;
import city.hamana.capability.maps.Surface;
import city.hamana.messages.DeviceId;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The three files that say what the districts are; UTF-8 CSV, each takes the place of what was there. They are read together
 * and taken whole or not at all.
 */
final class DistrictFiles {
    static final int LONGEST = 12 << 20;
    static final String DISTRICTS = "districts";
    static final String INLETS = "inlets";
    static final String METERS = "meters";

    /** Of each file its first line. */
    static final Map<String, String> HEADS = heads();

    /** The one column that may be missing. */
    private static final String OUTLINE = ",outline";

    static final int MOST_DISTRICTS = 500;
    private static final int MOST_INLETS = 5_000;
    private static final int MOST_METERS = 200_000;
    private static final int MOST_SLIPS = 50;
    private static final int MOST_CONNECTIONS = 1_000_000;

    private final List<Dma> districts = new ArrayList<>();
    private final Map<String, Surface> outlines = new HashMap<>();
    private final List<Inlet> inlets = new ArrayList<>();
    private final List<Standing> meters = new ArrayList<>();
    private final List<Slip> slips = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    /**
     * What was read.
     *
     * @param given which of the files there were
     * @param outlines of the districts that have one, by their codes
     * @param slips of many the first 50; then nothing of the rest counts
     */
    record Content(
            Set<String> given,
            List<Dma> districts,
            Map<String, Surface> outlines,
            List<Inlet> inlets,
            List<Standing> meters,
            List<Slip> slips) {}

    /** What the city has before. */
    record Held(Set<String> districts, Set<String> inletMeters, Set<String> homeMeters) {}

    private DistrictFiles() {}

    private static Map<String, String> heads() {
        Map<String, String> heads = new LinkedHashMap<>();
        heads.put(DISTRICTS, "dma,name,name-easy,name-pt,name-en,latitude,longitude,connections" + OUTLINE);
        heads.put(INLETS, "dma,meter,direction");
        heads.put(METERS, "meter,from,dma");
        return heads;
    }

    /** @param texts by the names of {@link #HEADS}; those that were sent */
    static Content read(Map<String, String> texts, Held held) {
        DistrictFiles files = new DistrictFiles();
        files.read(texts, DISTRICTS, MOST_DISTRICTS, files::district);
        Set<String> known = new TreeSet<>(held.districts);
        if (texts.containsKey(DISTRICTS)) {
            known = files.districts.stream().map(Dma::code).collect(Collectors.toCollection(TreeSet::new));
            files.kept(held.districts, known);
        }
        Set<String> all = known;
        files.read(texts, INLETS, MOST_INLETS, line -> files.inlet(line, all));
        Set<String> border = texts.containsKey(INLETS)
                ? files.inlets.stream().map(Inlet::meter).collect(Collectors.toSet())
                : held.inletMeters;
        files.read(texts, METERS, MOST_METERS, line -> files.meter(line, all, border));
        if (!texts.containsKey(METERS)) {
            files.inlets.stream()
                    .map(Inlet::meter)
                    .filter(held.homeMeters::contains)
                    .forEach(meter -> files.slip(INLETS, 0, "both", meter));
        }
        if (texts.isEmpty()) {
            files.slip(DISTRICTS, 0, "none", "");
        }
        return new Content(
                texts.keySet(), files.districts, files.outlines, files.inlets, files.meters, List.copyOf(files.slips));
    }

    /** A district that has a past is not taken away by a file in which it is missing. */
    private void kept(Set<String> before, Set<String> now) {
        before.stream().filter(code -> !now.contains(code)).forEach(code -> slip(DISTRICTS, 0, "kept", code));
    }

    private void read(Map<String, String> texts, String file, int most, Consumer<CSVRecord> reader) {
        String text = texts.get(file);
        if (text == null) {
            return;
        }
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        try (CSVParser parser = format.parse(new StringReader(text.startsWith("\ufeff") ? text.substring(1) : text))) {
            String head = String.join(",", parser.getHeaderNames());
            if (!head.equals(HEADS.get(file)) && !(head + OUTLINE).equals(HEADS.get(file))) {
                slip(file, 0, "head", HEADS.get(file));
                return;
            }
            for (CSVRecord line : parser) {
                if (slips.size() >= MOST_SLIPS) {
                    return;
                }
                if (line.getRecordNumber() > most) {
                    slip(file, line.getRecordNumber() + 1, "many", Integer.toString(most));
                    return;
                }
                if (line.isConsistent()) {
                    reader.accept(line);
                } else {
                    slip(file, line.getRecordNumber() + 1, "length", Integer.toString(line.size()));
                }
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            slip(file, 0, "csv", String.valueOf(e.getMessage()));
        }
    }

    private void district(CSVRecord line) {
        int before = slips.size();
        Optional<Place> place = Place.of(line.get("longitude"), line.get("latitude"));
        check(DISTRICTS, line, "dma", line.get("dma").matches(Dma.CODES));
        check(DISTRICTS, line, "name", !line.get("name").isEmpty() && fits(line.get("name")));
        for (String name : List.of("name-easy", "name-pt", "name-en")) {
            check(DISTRICTS, line, name, fits(line.get(name)));
        }
        check(DISTRICTS, line, "latitude", place.isPresent());
        check(
                DISTRICTS,
                line,
                "connections",
                line.get("connections").matches("\\d{1,7}") && connections(line) <= MOST_CONNECTIONS);
        String outline = line.isMapped("outline") ? line.get("outline") : "";
        Optional<Surface> surface = Surface.ofWkt(outline);
        check(DISTRICTS, line, "outline", outline.isEmpty() || surface.isPresent());
        check(DISTRICTS, line, "twice", seen.add("dma " + line.get("dma")));
        if (slips.size() == before) {
            surface.ifPresent(drawn -> outlines.put(line.get("dma"), drawn));
            districts.add(new Dma(
                    line.get("dma"),
                    line.get("name"),
                    line.get("name-easy"),
                    line.get("name-pt"),
                    line.get("name-en"),
                    place.orElseThrow(),
                    connections(line)));
        }
    }

    private static int connections(CSVRecord line) {
        return Integer.parseInt(line.get("connections"));
    }

    private void inlet(CSVRecord line, Set<String> known) {
        int before = slips.size();
        check(INLETS, line, "dma", known.contains(line.get("dma")));
        check(INLETS, line, "meter", DeviceId.valid(line.get("meter")));
        check(INLETS, line, "direction", line.get("direction").matches("-?1"));
        check(INLETS, line, "twice", seen.add("inlet " + line.get("dma") + " " + line.get("meter")));
        if (slips.size() == before) {
            inlets.add(new Inlet(line.get("dma"), line.get("meter"), Integer.parseInt(line.get("direction"))));
        }
    }

    private void meter(CSVRecord line, Set<String> known, Set<String> border) {
        int before = slips.size();
        Optional<LocalDate> from = day(line.get("from"));
        check(METERS, line, "meter", DeviceId.valid(line.get("meter")));
        check(METERS, line, "from", from.isPresent());
        check(METERS, line, "dma", line.get("dma").isEmpty() || known.contains(line.get("dma")));
        check(METERS, line, "both", !border.contains(line.get("meter")));
        check(METERS, line, "twice", seen.add("meter " + line.get("meter") + " " + line.get("from")));
        if (slips.size() == before) {
            meters.add(new Standing(line.get("meter"), from.orElseThrow(), line.get("dma")));
        }
    }

    private static boolean fits(String text) {
        return text.length() <= 100 && text.chars().noneMatch(Character::isISOControl);
    }

    private void check(String file, CSVRecord line, String column, boolean right) {
        if (!right) {
            String value = line.isMapped(column) ? line.get(column) : line.get(0);
            slip(file, line.getRecordNumber() + 1, column, value);
        }
    }

    private void slip(String file, long line, String column, String value) {
        if (slips.size() < MOST_SLIPS) {
            slips.add(new Slip(file, line, column, value.substring(0, Math.min(90, value.length()))));
        }
    }

    /** A day as {@code 2026-04-01}, of this and the last century. */
    static Optional<LocalDate> day(String text) {
        try {
            return text.matches("(19|20)\\d\\d-\\d\\d-\\d\\d") ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
