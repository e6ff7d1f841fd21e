package city.hamana.gateway.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import city.hamana.gateway.simulator.Simulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Captures of real access points, played by a real agent, against what another monitoring system counts from them. They
 * may not be handed on, so the folder is named by a property: {@code -Dsnmp.captures=FOLDER} with {@code NAME.snmprec} and
 * {@code NAME.expected.json.gz}.
 */
@EnabledIfSystemProperty(named = "snmp.captures", matches = ".+")
class ReplayedCapturesTest {
    private static final Path FOLDER = Path.of(System.getProperty("snmp.captures", ""));
    private static final Pattern FLAT_OBJECT = Pattern.compile("\\{[^{}]*\\}");

    @TempDir
    Path dir;

    @Test
    void countsWhatAnotherSystemCountsFromTheSameCaptures() throws IOException {
        List<String> wrong = new ArrayList<>();
        System.out.println("| capture | table | clients | model | serial | software |");
        System.out.println("|---|---|---|---|---|---|");
        for (String name : names()) {
            compare(name, wrong);
        }
        assertEquals(List.of(), wrong);
    }

    private void compare(String name, List<String> wrong) throws IOException {
        Expected expected = Expected.read(FOLDER.resolve(name + ".expected.json.gz"));
        Snapshot got = ask(name);
        Part device = got.device();
        String clients = device.clients().map(Object::toString).orElse("–");
        String counted = expected.clients().map(Object::toString).orElse("–");
        System.out.printf(
                "| %s | %s | %s / %s | %s / %s | %s / %s | %s / %s |%n",
                name,
                device.facts().vendor(),
                counted,
                clients,
                expected.hardware(),
                device.facts().model(),
                expected.serial(),
                device.facts().serial(),
                expected.version(),
                device.facts().software());
        boolean modelTold = expected.hardware().isEmpty()
                || expected.hardware().contains(device.facts().model());
        boolean serialTold = expected.serial().isEmpty()
                || expected.serial().equals(device.facts().serial());
        if (!counted.equals(clients)
                || !modelTold
                || !serialTold
                || device.facts().model().isEmpty()) {
            wrong.add(name);
        }
        for (String ssid : expected.ssids()) {
            boolean told = Site.parts(got, PartKind.SSID).stream()
                    .anyMatch(p -> (p.name() + "=" + p.clients().orElse(0L)).equals(ssid));
            if (!told && !ssid.startsWith("<private>")) {
                wrong.add(name + " " + ssid);
            }
        }
    }

    private Snapshot ask(String name) throws IOException {
        Path capture = FOLDER.resolve(name + ".snmprec").toAbsolutePath();
        try (Simulator agent = new Site(dir).simulator("hall-capture=" + capture)) {
            return new Site(dir).ask(agent.ports().getFirst()).orElseThrow();
        }
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".snmprec"))
                    .map(file -> file.replace(".snmprec", ""))
                    .sorted()
                    .toList();
            assertFalse(names.isEmpty(), "no captures in " + FOLDER);
            return names;
        }
    }

    /** What the other system makes of a capture; empty texts and none where it says nothing. */
    private record Expected(
            String hardware, String serial, String version, Optional<Long> clients, List<String> ssids) {
        static Expected read(Path file) throws IOException {
            String json;
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
                json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            String os = objects(json)
                    .filter(o -> o.contains("\"sysObjectID\""))
                    .findFirst()
                    .orElse("");
            List<String> sensors = objects(json)
                    .filter(o -> text(o, "sensor_class").equals("clients")
                            && !text(o, "sensor_descr").isEmpty())
                    .distinct()
                    .toList();
            return new Expected(
                    text(os, "hardware"), text(os, "serial"), text(os, "version"), total(sensors), ssids(sensors));
        }

        /** Its own total where it has one. */
        private static Optional<Long> total(List<String> sensors) {
            return sensors.stream()
                    .filter(s -> text(s, "sensor_descr").matches("(?i).*total.*|wlan|Clients \\(ng\\)"))
                    .map(s -> Long.valueOf(text(s, "sensor_current")))
                    .findFirst();
        }

        private static List<String> ssids(List<String> sensors) {
            return sensors.stream()
                    .filter(s -> text(s, "sensor_descr").startsWith("SSID"))
                    .map(s -> text(s, "sensor_descr").replaceAll("^SSID:? | Clients$", "") + "="
                            + text(s, "sensor_current"))
                    .toList();
        }

        private static Stream<String> objects(String json) {
            return FLAT_OBJECT.matcher(json).results().map(r -> r.group());
        }

        private static String text(String object, String key) {
            Matcher value = Pattern.compile("\"" + key + "\": ?(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([0-9]+))")
                    .matcher(object);
            if (!value.find()) {
                return "";
            }
            return value.group(1) == null ? value.group(2) : value.group(1).replace("\\/", "/");
        }
    }
}
