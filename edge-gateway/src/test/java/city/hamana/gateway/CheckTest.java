package city.hamana.gateway;

import static city.hamana.gateway.TestSite.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.DeviceIdentity;
import city.hamana.link.Journal;
import city.hamana.link.NodeUplink;
import city.hamana.link.SettingsKeeper;
import city.hamana.messages.v1.NodePresence;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command beside a real gateway with its broker and a node. */
class CheckTest {
    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int check(String... more) {
        out.getBuffer().setLength(0);
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] arguments = new String[3 + more.length];
        arguments[0] = "check";
        arguments[1] = "--config";
        arguments[2] = dir.resolve("gateway.conf").toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return line.execute(arguments);
    }

    private Path settings(TestSite site) throws Exception {
        return Files.writeString(dir.resolve("gateway.conf"), """
                identity-dir=identity
                city-address=%s
                broker-port=%d
                journal-file=gateway.db
                clock-trusted=true
                """.formatted(TestSite.nowhere(), site.port));
    }

    private static boolean connected(Gateway gateway) {
        return gateway.nodes().presences().stream().anyMatch(NodePresence::getConnected);
    }

    @Test
    void aRunningGatewayIsSeenWithItsBrokerAndItsNodesAndKeepsItsConnections() throws Exception {
        TestSite site = new TestSite(dir);
        DeviceIdentity node = site.node("mn-0001");
        SettingsKeeper<GatewaySettings> keeper =
                SettingsKeeper.open(settings(site), GatewaySettings.FROM_AFAR, GatewaySettings::read);
        try (Journal journal = site.journal("mn-0001");
                Gateway gateway = Gateway.start(keeper);
                NodeUplink uplink = site.uplink(node, journal)) {
            eventually("the node is seen", () -> connected(gateway));

            assertEquals(2, check(), "city hall is nowhere");
            String text = out.toString();
            assertTrue(text.contains("[ok]   program          edge-gateway"), text);
            assertTrue(text.contains("[ok]   broker           CN=gw-0001,OU=gateway listens"), text);
            assertTrue(text.contains("[ok]   node             mn-0001 heard"), text);
            assertTrue(text.contains("[BAD]  uplink           city hall does not answer"), text);
            assertTrue(text.contains("[look] certificate"), text);

            assertEquals(2, check("--json"));
            assertTrue(out.toString().startsWith("{\"device\":\"gw-0001\",\"running\":true,"), out.toString());
            assertTrue(uplink.connected() && connected(gateway), "nobody was thrown out");
        }
    }

    @Test
    void aGatewayThatDoesNotRunIsSeenAsSuch() throws Exception {
        settings(new TestSite(dir));

        assertEquals(2, check());

        assertTrue(out.toString().contains("[BAD]  program          does not run"), out.toString());
        assertTrue(out.toString().contains("[BAD]  broker           127.0.0.1:"), out.toString());
        assertFalse(Files.exists(dir.resolve("gateway.db")), "looking makes no journal");
    }

    @Test
    void settingsThatCannotBeReadAreOneLine() throws Exception {
        Files.writeString(dir.resolve("gateway.conf"), "colour=red\n");

        assertEquals(2, check());

        assertTrue(err.toString().contains("identity-dir is missing"), err.toString());
    }
}
