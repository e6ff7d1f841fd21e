package city.hamana.sensor;

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
    private static final Path SHIPPED = Path.of("src/main/dist/sensor-node.properties");
    private static final String FILLED_IN = """
            gateway-address=ssl://gw-12.local:8883
            gateway-id=gw-12
            est-address=https://city.example:9443
            place=mitsuya
            bus-address=serial:///dev/ttyUSB0
            """;
    private static final Set<String> OF_DEMONSTRATIONS =
            Set.of("clock-real-origin", "clock-city-origin", "clock-speed", "clock-offset-file", "exit-with-parent");

    private static final Pattern COMMENTED = Pattern.compile("(?m)^#([a-z0-9-]+=.*)$");

    @TempDir
    Path dir;

    @Test
    void withoutWhatMustBeFilledInItIsRefusedByTheNameOfAKeyThatStandsAtItsTop() throws IOException {
        String message =
                assertThrows(SettingsException.class, () -> read(shipped())).getMessage();
        assertTrue(message.contains("bus-address is missing"), message);
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
        SensorSettings read = read(shipped() + FILLED_IN);
        Path state = Path.of("/var/lib/hamana/sensor-node");
        assertEquals(state.resolve("identity"), read.program().identityDir());
        assertEquals(state.resolve("journal.db"), read.program().journalFile());
        String unit = Files.readString(Path.of("src/main/dist/hamana-sensor-node.service"));
        assertTrue(unit.contains("\nStateDirectory=hamana/sensor-node\n"), unit);
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

    private SensorSettings read(String text) throws IOException {
        return SensorSettings.read(Settings.read(Files.writeString(dir.resolve("sensor-node.properties"), text)));
    }

    /** A settings record's values; the clock is an object with a state of its own. */
    private static String values(SensorSettings settings) {
        return settings.toString().replaceAll("ClockWatch@[0-9a-f]+", "clock");
    }
}
