package city.hamana.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Settings;
import city.hamana.link.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings file of the Debian package, read by the program itself. */
class ShippedSettingsTest {
    private static final Path SHIPPED = Path.of("src/main/dist/meter-node.properties");
    private static final String FILLED_IN = """
            gateway-address=ssl://gw-12.local:8883
            gateway-id=gw-12
            est-address=https://city.example:9443
            street-address=serial:///dev/ttyUSB0
            street-meters=1-12
            """;
    private static final Set<String> OF_DEMONSTRATIONS = Set.of(
            "clock-real-origin",
            "clock-city-origin",
            "clock-speed",
            "clock-offset-file",
            "exit-with-parent",
            "simulated-pulse-ms",
            "street-file");

    private static final Pattern COMMENTED = Pattern.compile("(?m)^#([a-z-]+=.*)$");

    @TempDir
    Path dir;

    @Test
    void withoutWhatMustBeFilledInItIsRefusedByTheNameOfAKeyThatStandsAtItsTop() throws IOException {
        String message =
                assertThrows(SettingsException.class, () -> read(shipped())).getMessage();
        assertTrue(message.contains("street-address is missing"), message);
    }

    @Test
    void everyDefaultThatIsCommentedOutIsTheProgramsOwn() throws IOException {
        assertEquals(values(read(shipped() + FILLED_IN)), values(read(uncommented() + FILLED_IN)));
    }

    @Test
    void everySettingOfTheProgramStandsInIt() throws IOException {
        String all = uncommented() + FILLED_IN;
        String message = assertThrows(SettingsException.class, () -> read(all + "no-such-key=1\n"))
                .getMessage();
        Set<String> missing = new TreeSet<>(
                List.of(message.replaceAll("(?s).*it knows \\[(.*)].*", "$1").split(", ")));
        missing.removeAll(OF_DEMONSTRATIONS);
        all.lines().map(line -> line.split("=")[0]).forEach(missing::remove);
        assertEquals(Set.of(), missing);
    }

    @Test
    void whatTheProgramKeepsStandsBelowTheFolderThatItsServiceMayWriteTo() throws IOException {
        NodeSettings read = read(shipped() + FILLED_IN);
        Path state = Path.of("/var/lib/hamana/meter-node");
        assertEquals(state.resolve("identity"), read.program().identityDir());
        assertEquals(state.resolve("journal.db"), read.program().journalFile());
        assertEquals(state.resolve("meter-keys"), read.keys().keys());
        assertEquals(state.resolve("pulses"), read.pulses().folder());
        String unit = Files.readString(Path.of("src/main/dist/hamana-meter-node.service"));
        assertTrue(unit.contains("\nStateDirectory=hamana/meter-node\n"), unit);
        assertTrue(
                unit.contains(
                        "\nConditionPathExists=" + read.program().identityDir().resolve("key.pem") + "\n"),
                unit);
    }

    private static String shipped() throws IOException {
        return Files.readString(SHIPPED);
    }

    private static String uncommented() throws IOException {
        return COMMENTED.matcher(shipped()).replaceAll("$1");
    }

    private NodeSettings read(String text) throws IOException {
        return NodeSettings.read(Settings.read(Files.writeString(dir.resolve("meter-node.properties"), text)));
    }

    /** A settings record's values; the clock is an object with a state of its own. */
    private static String values(NodeSettings settings) {
        return settings.toString().replaceAll("ClockWatch@[0-9a-f]+", "clock");
    }
}
