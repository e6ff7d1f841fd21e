package city.hamana.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.Counters;
import city.hamana.link.Settings;
import city.hamana.link.SettingsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                attic-meters=1
                """);
        assertEquals(
                List.of(
                        new LineSettings.Tcp(
                                "cellar", InetSocketAddress.createUnresolved("127.0.0.1", 10001), List.of(1, 2, 3, 7)),
                        new LineSettings.Serial("attic", Path.of("/dev/ttyUSB0"), 2_400, List.of(1))),
                settings.lines());
        assertEquals(2, settings.sources(new Counters()).size());
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        for (String wrong : List.of("x", "1-300", "", "1,1", "3-1")) {
            assertRefused("lines=a\na-address=tcp://127.0.0.1:1\na-meters=" + wrong);
        }
        for (String wrong : List.of("ftp://127.0.0.1:1", "tcp://127.0.0.1", "tcp:x", "replay:x")) {
            assertRefused("lines=a\na-meters=1\na-address=" + wrong);
        }
        assertRefused("lines=a\na-file=x\nmeter-time-zone=Mars/Base");
        assertRefused("lines=a\na-file=x\ncolour=red");
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
