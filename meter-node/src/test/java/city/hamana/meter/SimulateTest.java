package city.hamana.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Counters;
import city.hamana.link.Settings;
import city.hamana.link.SettingsException;
import city.hamana.meter.line.Roster;
import city.hamana.meter.line.Source;
import city.hamana.meter.simulator.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator as its settings describe it, and the node's own commands against it; needs the program socat. */
class SimulateTest {
    @TempDir
    Path dir;

    private Simulator street;

    @BeforeEach
    void start() throws IOException {
        street = Simulator.start(settings("street.properties", """
            ports=0
            meters=3
            detailed-meters=1
            alarms=hmn-00000005:leak-1,hmn-00000005:dry
            faults=2:silent
            serial-links=%1$s/bus
            radio-link=%1$s/radio
            radio-meters=2
            radio-every-ms=100
            """.formatted(dir)));
    }

    @AfterEach
    void stop() {
        street.close();
    }

    @Test
    void aSearchPrintsWhatCanBePastedIntoTheSettings() throws IOException {
        settings("node.properties", """
                lines=street
                street-address=serial://%s/bus
                answer-timeout-ms=300
                byte-timeout-ms=100
                """.formatted(dir));
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            String config = dir.resolve("node.properties").toString();
            assertEquals(0, Main.commandLine().execute("search", "--config", config));
        } finally {
            System.setOut(before);
        }
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals("# line street: 2 meters", lines.getFirst());
        assertEquals("street-meters=00000001-HMN-01-07,00000005-HMN-01-07", lines.getLast());
    }

    @Test
    void aLineThatCannotBeOpenedIsRefusedInOneSentence() throws IOException {
        settings("node.properties", "lines=street\nstreet-address=serial:///dev/none\n");
        String config = dir.resolve("node.properties").toString();
        assertEquals(1, Main.commandLine().execute("search", "--config", config));
    }

    @Test
    void theNodesSettingsReachTheBusAndTheRadio() throws IOException {
        NodeSettings node = NodeSettings.read(settings("node.properties", """
                identity-dir=id
                gateway-address=ssl://localhost:8883
                gateway-id=gw-0001
                lines=street,air
                street-address=serial://%1$s/bus
                street-meters=3
                air-radio=im871a
                air-address=serial://%1$s/radio
                air-meters=hmn-00000202
                """.formatted(dir)));
        Counters counters = new Counters();
        List<Source> sources = node.sources(new Roster(counters), MeterKeys.none());
        try {
            assertEquals("3", sources.get(0).poll().getFirst().from().address());
            long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (sources.get(1).poll().isEmpty() || counters.of("radio.foreign") < 2) {
                assertTrue(System.nanoTime() - until < 0, "nothing is heard");
            }
            assertEquals("hmn-00000202", sources.get(1).poll().getFirst().from().address());
        } finally {
            sources.forEach(Source::close);
        }
    }

    @Test
    void whatCannotBeSimulatedIsNamed() {
        for (String wrong : Set.of("faults=1:broken", "alarms=hmn-00000005:flood", "radio-meters=0", "faults=cut")) {
            assertThrows(
                    SettingsException.class,
                    () -> Simulator.start(settings("wrong.properties", "ports=0\nmeters=1\n" + wrong)),
                    wrong);
        }
    }

    private Settings settings(String name, String text) throws IOException {
        return Settings.read(Files.writeString(dir.resolve(name), text));
    }
}
