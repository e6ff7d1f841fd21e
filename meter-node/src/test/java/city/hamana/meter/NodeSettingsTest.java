package city.hamana.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Counters;
import city.hamana.link.Settings;
import city.hamana.link.SettingsException;
import city.hamana.meter.line.MeterAddress;
import city.hamana.meter.line.RadioStick;
import city.hamana.meter.line.Roster;
import city.hamana.meter.pulse.PulseMeter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSettingsTest {
    private static final String NEEDED = "identity-dir=id\ngateway-address=ssl://localhost:8883\ngateway-id=gw-0001\n";

    @TempDir
    Path dir;

    @Test
    void linesAreNamedAndTheirMetersListedByRange() throws IOException {
        NodeSettings settings = read("""
                lines=cellar, attic
                cellar-address=tcp://127.0.0.1:10001
                cellar-meters=1-3,7
                attic-address=serial:///dev/ttyUSB0
                attic-meters=12345678-HMN-01-07, 12345679
                attic-read-baud=9600
                """);
        assertEquals(
                List.of(
                        new LineSettings.Tcp(
                                "cellar",
                                InetSocketAddress.createUnresolved("127.0.0.1", 10001),
                                MeterAddress.list("1-3,7")),
                        new LineSettings.Serial(
                                "attic",
                                Path.of("/dev/ttyUSB0"),
                                2_400,
                                OptionalInt.of(9_600),
                                MeterAddress.list("12345678-HMN-01-07,12345679"))),
                settings.lines());
        assertEquals(
                2,
                settings.sources(new Roster(new Counters()), MeterKeys.none()).size());
    }

    @Test
    void aLineMayBeARadioStickOrAPulseMeter() throws IOException {
        NodeSettings settings = read("""
                lines=air,garden
                air-radio=im871a
                air-address=serial:///dev/ttyUSB1
                air-mode=c1_a
                air-meters=kam-87654321
                garden-gpio=17
                garden-meter=kosai-0017
                garden-litres-per-pulse=0.5
                garden-start-litres=123456
                """);
        assertEquals(
                List.of(new LineSettings.Radio(
                        "air", Path.of("/dev/ttyUSB1"), RadioStick.Mode.C1_A, Set.of("kam-87654321"))),
                settings.lines());
        assertEquals(
                List.of(new PulseMeter.Options("garden", 17, "kosai-0017", 500, 123_456_000, Duration.ofMillis(20))),
                settings.pulses().meters());
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        for (String wrong :
                List.of("x", "1-300", "", "1,1", "3-1", "253", "1234567", "12345678-HMNX", "12345678,12345678")) {
            assertRefused("lines=a\na-address=tcp://127.0.0.1:1\na-meters=" + wrong);
        }
        for (String wrong : List.of("ftp://127.0.0.1:1", "tcp://127.0.0.1", "tcp:x", "replay:x")) {
            assertRefused("lines=a\na-meters=1\na-address=" + wrong);
        }
        assertRefused("lines=a\na-file=x\nmeter-time-zone=Mars/Base");
        assertRefused("lines=a\na-file=x\ncolour=red");
        assertRefused("lines=a\na-radio=cul\na-address=serial:///dev/ttyUSB0");
        assertRefused("lines=a\na-radio=im871a\na-address=tcp://127.0.0.1:1");
        assertRefused("lines=a\na-gpio=17");
        assertRefused("lines=a\na-gpio=17\na-meter=m\na-litres-per-pulse=0");
        assertRefused("lines=a,b\na-gpio=17\na-meter=m\nb-gpio=17\nb-meter=n");
        assertRefused("lines=a\na-file=x\nread-every-s=60\nread-spread-s=61");
        assertRefused("lines=a\na-address=serial:///dev/ttyUSB0\na-meters=1\na-read-baud=9000");
    }

    private void assertRefused(String lines) {
        RuntimeException refused = assertThrows(RuntimeException.class, () -> read(lines));
        assertTrue(refused instanceof SettingsException || refused instanceof IllegalArgumentException);
    }

    private NodeSettings read(String lines) throws IOException {
        Path file = dir.resolve("node.properties");
        Files.writeString(file, NEEDED + lines);
        return NodeSettings.read(Settings.read(file));
    }
}
