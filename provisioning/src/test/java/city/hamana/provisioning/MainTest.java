package city.hamana.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.link.DeviceIdentity;
import city.hamana.link.Settings;
import city.hamana.link.Ticket;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    @TempDir
    Path folder;

    private record Run(int exit, String out, String err) {}

    private static Run run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exit = line.execute(
                java.util.Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
        return new Run(exit, out.toString(), err.toString());
    }

    private static Run ok(Object... arguments) {
        Run run = run(arguments);
        assertEquals(0, run.exit(), run.err());
        return run;
    }

    private static void failsInOneLine(String what, Object... arguments) {
        Run run = run(arguments);
        assertEquals(1, run.exit());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains(what), run.err());
    }

    private Path ca() {
        return folder.resolve("ca");
    }

    private Path config() {
        return ca().resolve("provisioning.properties");
    }

    private void init(int port) {
        Run made = ok(
                "init",
                "--dir",
                ca(),
                "--city",
                "Testville",
                "--port",
                port,
                "--passphrase-file",
                folder.resolve("passphrase"));
        assertTrue(made.out().contains("root CA fingerprint (SHA-256): "), made.out());
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void fromAnEmptyFolderToARevokedDevice() throws Exception {
        init(freePort());
        Path ticket = folder.resolve("ticket");
        ok(
                "code",
                "--config",
                config(),
                "--device",
                "gw-1",
                "--role",
                "gateway",
                "--dns",
                "localhost",
                "--out",
                ticket);
        Path device = folder.resolve("gw-1");
        ProvisioningSettings settings = ProvisioningSettings.read(Settings.read(config()));
        RegistrationAuthority authority = new RegistrationAuthority(
                CaFolder.open(settings.folder(), settings.passphrase()),
                new Register(settings.folder().resolve("register.db")),
                settings,
                Clock.systemUTC());
        try (EstServer server = new EstServer(authority, settings, Clock.systemUTC())) {
            assertEquals(settings.port(), server.port());
            assertTrue(ok("enrol", "--dir", device, "--ticket", ticket).out().startsWith("enrolled gw-1 as gateway"));
            failsInOneLine("401", "enrol", "--dir", folder.resolve("gw-2"), "--ticket", ticket);
            String est = Ticket.read(ticket).est().toString();
            assertEquals(
                    "not due yet\n",
                    ok("renew", "--dir", device, "--est", est, "--if-due").out());
            String before = DeviceIdentity.load(device).keyid();
            ok("renew", "--dir", device, "--est", est);
            assertFalse(before.equals(DeviceIdentity.load(device).keyid()));
            assertEquals(
                    "revoked 2 certificates\n",
                    ok("revoke", "--config", config(), "gw-1").out());
            failsInOneLine("403", "renew", "--dir", device, "--est", est);
        }
        Run list = ok("list", "--config", config());
        assertEquals(
                2,
                list.out()
                        .lines()
                        .filter(l -> l.contains("gw-1") && l.contains("revoked"))
                        .count());
        Path crl = folder.resolve("crl.pem");
        ok("crl", "--config", config(), "--out", crl);
        assertTrue(Files.readString(crl).startsWith("-----BEGIN X509 CRL-----"));
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws Exception {
        failsInOneLine("provisioning.properties", "list", "--config", config());
        failsInOneLine("no passphrase", "init", "--dir", folder.resolve("other"), "--city", "Testville");
        init(freePort());
        failsInOneLine("exists already", "init", "--dir", ca(), "--city", "Testville");
        failsInOneLine("no such role: mayor", "code", "--config", config(), "--device", "x", "--role", "mayor");
        failsInOneLine("not a device", "code", "--config", config(), "--device", "X Y", "--role", "node");
        failsInOneLine(
                "serves nobody", "code", "--config", config(), "--device", "x", "--role", "node", "--dns", "a.example");
        failsInOneLine(
                "neither a DNS name",
                "code",
                "--config",
                config(),
                "--device",
                "x",
                "--role",
                "gateway",
                "--dns",
                "a b");
        failsInOneLine("nothing to revoke", "revoke", "--config", config(), "nobody");
        Files.writeString(config(), "nonsense=1\n");
        failsInOneLine("nonsense is not a setting", "serve", "--config", config());
    }

    @Test
    void aCodeIsPrintedAsATicketWithTheFingerprint() throws Exception {
        init(freePort());
        Run run = ok("code", "--config", config(), "--device", "node-1", "--role", "node", "--valid-hours", "1");
        Ticket ticket = Ticket.read(Files.writeString(folder.resolve("ticket"), run.out()));
        assertEquals("node-1", ticket.deviceId());
        assertTrue(ticket.code().matches("([0-9a-z]{5}-){3}[0-9a-z]{5}"), ticket.code());
        assertEquals(CaFolder.trust(ca()).fingerprint(), ticket.caFingerprint().orElseThrow());
    }
}
