package city.hamana.gateway;

import static city.hamana.gateway.TestSite.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.gateway.simulator.Simulator;
import city.hamana.link.Journal;
import city.hamana.link.LocalStatus;
import city.hamana.link.Settings;
import city.hamana.link.SettingsKeeper;
import city.hamana.messages.v1.Heartbeat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients are counted, and who they are stays between them and their access point. */
class ClientAddressesTest {
    /** As in the capture's table of clients, by which it is indexed. */
    private static final List<byte[]> ADDRESSES = IntStream.rangeClosed(1, 3)
            .mapToObj(n -> new byte[] {2, 0, 0x5e, 0x63, 0, (byte) n})
            .toList();

    @TempDir
    Path dir;

    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Handler everything = new Handler() {
        @Override
        public void publish(LogRecord record) {
            log.add(record.getMessage() + " " + Arrays.toString(record.getParameters()));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void listen() {
        Logger hamana = Logger.getLogger("city.hamana");
        hamana.setLevel(Level.ALL);
        everything.setLevel(Level.ALL);
        hamana.addHandler(everything);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("city.hamana").removeHandler(everything);
        Logger.getLogger("city.hamana").setLevel(null);
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void noClientsAddressIsInWhatTheGatewaySignsTellsKeepsOrLogs() throws IOException, InterruptedException {
        Path capture = Path.of("src/test/resources/city/hamana/gateway/wifi/made-up/grandstream.snmprec");
        try (Simulator agent = Simulator.start(Settings.read(
                write("simulator.properties", "agents=hall\nhall-capture=" + capture.toAbsolutePath() + "\n")))) {
            Gateway gateway = Gateway.start(keeper(agent.ports().getFirst()));
            try {
                eventually(
                        "two rounds are kept", () -> gateway.journal().waiting().blocks() >= 2);
                Heartbeat status = LocalStatus.ask(dir.resolve("gateway.db")).orElseThrow();
                assertTrue(status.toString().contains("ap-hall_ssid-city"), "the clients' SSID is told");
                assertNowhere(status.toByteArray());
                List<Journal.Held> blocks = gateway.journal().next(100, 64 << 20);
                assertFalse(blocks.isEmpty());
                blocks.forEach(block -> assertNowhere(block.envelope()));
            } finally {
                gateway.close();
            }
        }
        assertNowhere(Files.readAllBytes(dir.resolve("access-points.totals")));
        assertNowhere(printed.toByteArray());
        assertTrue(log.toString().contains("ap-hall"), "the log was heard");
        assertNowhere(log.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** As bytes and in every spelling: hex with and without something between, and decimal as in an OID. */
    private static void assertNowhere(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        for (byte[] address : ADDRESSES) {
            String dotted = IntStream.range(0, address.length)
                    .mapToObj(i -> Integer.toString(address[i] & 0xff))
                    .collect(Collectors.joining("."));
            List<String> spellings = List.of(
                    new String(address, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT),
                    HexFormat.of().formatHex(address),
                    HexFormat.ofDelimiter(":").formatHex(address),
                    HexFormat.ofDelimiter("-").formatHex(address),
                    dotted);
            assertEquals(List.of(), spellings.stream().filter(text::contains).toList());
        }
    }

    private SettingsKeeper<GatewaySettings> keeper(int agent) throws IOException {
        TestSite site = new TestSite(dir);
        Path secrets = Files.createFile(
                dir.resolve("edge-gateway.secrets"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secrets, "hall-community=SIMULATED\n");
        Path file = write("gateway.properties", """
                identity-dir=identity
                journal-file=gateway.db
                broker-port=%d
                broker-dir=broker
                city-address=%s
                clock-trusted=true
                access-points=hall
                hall-address=udp://127.0.0.1:%d
                hall-version=2c
                snmp-poll-every-ms=200
                """.formatted(site.port, TestSite.nowhere(), agent));
        return SettingsKeeper.open(file, GatewaySettings.FROM_AFAR, GatewaySettings::read);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }
}
